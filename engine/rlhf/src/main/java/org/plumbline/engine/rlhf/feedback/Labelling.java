// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.evaluators.LabelProbability.Voter;
import org.plumbline.engine.rlhf.judge.Silence;
import org.plumbline.engine.run.StageContext;

/** Somebody who labels pairs. */
interface Labelling extends AutoCloseable {

  /** The prompt of a pair as whoever is asked about it puts it, before it is answered. */
  default Prompt worded(long pair, Prompt prompt) {
    return prompt;
  }

  /** How many pairs are sampled and labelled between two chances to save a checkpoint. */
  int atOnce();

  /** Takes note of what was labelled before a stage went on from a checkpoint. */
  default void resume(List<LabelRow> labels) {}

  /**
   * The labels of these pairs, in their order. A label depends on its own pair and on who was given
   * which pairs of lower number, and not on how many are labelled at once.
   */
  List<LabelRow> label(List<DrawnPair> pairs) throws IOException;

  /**
   * What is said of questions that were left without a label before a stage went on from a
   * checkpoint, in their order; nothing where asking again is no use.
   */
  default List<LabelRow> later(List<LabelRow> silent) throws IOException {
    return List.of();
  }

  /** Whether whoever gave a label is asked the same again later. */
  default boolean asksAgain(LabelRow label) {
    return false;
  }

  /**
   * What is said of questions that are asked again, in the order of their pairs, after the last
   * pair.
   */
  default List<LabelRow> again(List<AskedAgain.Question> questions) throws IOException {
    if (!questions.isEmpty()) {
      throw new IllegalArgumentException("nobody here is asked again: " + questions.get(0));
    }
    return List.of();
  }

  /** The most that the labels of a pair can cost, with those that are asked for again. */
  BigDecimal price(DrawnPair pair);

  /**
   * Who may be asked about a pair, all equally likely and nobody twice, and what they are likely to
   * say; nobody where that is not known.
   */
  List<Voter> voters(DrawnPair pair);

  /** The share of pairs of which all who label them err together or not at all. */
  default double shared() {
    return 0;
  }

  /** Why questions were not answered, as far as it is known; null if it is not. */
  default @Nullable Silence silence() {
    return null;
  }

  /** Tells the user what could not be asked, if anything. */
  default void note(StageContext context) {}

  /** Ends threads that this has started, and frees models that it holds. */
  @Override
  default void close() {}
}

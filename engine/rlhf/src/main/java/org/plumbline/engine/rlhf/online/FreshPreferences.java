// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.online;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.run.StageContext;

/** Says at once which of a policy's answers are better: a reward, people or a judge. */
public interface FreshPreferences extends AutoCloseable {

  /**
   * The best and the worst answer to each prompt.
   *
   * @param groups for each prompt its answers, two or more and everywhere as many
   * @throws IOException if somebody outside is asked who cannot be reached
   */
  List<BestAndWorst> among(List<List<FreshAnswer>> groups) throws IOException;

  /** A policy begins to learn from this, or goes on. */
  default void learning(TrainingRun run) throws IOException {}

  /**
   * Whether so many more prompts can be judged; false only if that costs and too little is left.
   *
   * @param each answers to each prompt
   */
  default boolean affords(int prompts, int each) {
    return true;
  }

  /** What there is to log of the answers judged last. */
  Map<String, Double> logged();

  /** What somebody was asked so far, as feedback says it; nothing if nobody is asked. */
  default Optional<FeedbackSummary> asked() {
    return Optional.empty();
  }

  /** Tells the user what could not be learned from, if anything. */
  default void note(StageContext context) {}

  @Override
  void close();

  /** Opens evaluators that a spec declares. */
  @FunctionalInterface
  interface Opener {
    /**
     * Those of a name.
     *
     * @param budget the most that they may be paid; null for any amount
     */
    FreshPreferences open(StageContext context, String evaluators, @Nullable Double budget)
        throws IOException;
  }
}

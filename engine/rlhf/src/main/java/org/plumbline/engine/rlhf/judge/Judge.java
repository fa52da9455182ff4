// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageContext;

/**
 * Gives feedback under written principles, as a model does in constitutional AI (Bai et al. 2022b,
 * arXiv 2212.08073). Safe for use by several threads.
 */
public interface Judge extends AutoCloseable {

  /** The name under which its labels are recorded. */
  String name();

  /** The principles by name, in the order of the spec. */
  Map<String, String> principles();

  /** How many questions may be asked at the same time; the answers do not depend on it. */
  int atOnce();

  /** Whether it writes revisions itself; otherwise it chooses among candidates. */
  boolean writesRevisions();

  /**
   * The probability that the first answer is better; empty if the judge does not say.
   *
   * @throws IOException if the judge cannot be reached; worth trying again
   */
  OptionalDouble compare(Question question) throws IOException;

  /**
   * The probability that {@link #compare} says the first answer, where it is known without asking.
   */
  default OptionalDouble likely(Question question) {
    return OptionalDouble.empty();
  }

  /**
   * The same of several questions, in their order. A judge that reads many at once does so here.
   */
  default List<OptionalDouble> compareAll(List<Question> questions) throws IOException {
    List<OptionalDouble> said = new ArrayList<>();
    for (Question question : questions) {
      said.add(compare(question));
    }
    return said;
  }

  /**
   * How good an answer is, on a scale that is the judge's own; empty if the judge does not say.
   *
   * @throws IOException if the judge cannot be reached; worth trying again
   */
  OptionalDouble score(Single answer) throws IOException;

  /** The same of several answers, in their order. */
  default List<OptionalDouble> scoreAll(List<Single> answers) throws IOException {
    List<OptionalDouble> said = new ArrayList<>();
    for (Single answer : answers) {
      said.add(score(answer));
    }
    return said;
  }

  /** Says what is wrong with an answer under one principle. */
  Critique criticise(Case about) throws IOException;

  /**
   * A better answer.
   *
   * @param candidates other answers to choose from; a judge that writes revisions ignores them
   */
  String revise(Critique critique, List<String> candidates) throws IOException;

  /** Why questions so far were not answered, as far as it is known; null if it is not. */
  default @Nullable Silence silence() {
    return null;
  }

  /** Whether a question that was not answered may be answered if it is asked another time. */
  default boolean mayAnswerLater() {
    return false;
  }

  /** Tells the user what of the questions so far could not be answered, if anything. */
  default void note(StageContext context) {}

  /** Frees what the judge holds; nothing unless it is a model of this engine. */
  @Override
  default void close() {}

  /**
   * Two answers to one prompt.
   *
   * @param id names the question; a judge that draws its answer draws the same for the same id
   */
  record Question(long id, String prompt, String first, String second) {}

  /**
   * One answer to a prompt.
   *
   * @param id names the question, as in {@link Question}
   */
  record Single(long id, String prompt, String answer) {}

  /**
   * An answer to be criticised.
   *
   * @param id names it; no other case of the same work has the same
   * @param principle the name of the principle
   */
  record Case(long id, String prompt, String answer, String principle) {}

  /**
   * What is wrong with an answer.
   *
   * @param text the criticism
   */
  record Critique(Case about, String text) {}
}

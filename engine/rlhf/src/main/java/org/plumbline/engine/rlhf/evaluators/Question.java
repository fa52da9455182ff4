// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two answers that people are asked about.
 *
 * @param seed of all that is drawn
 * @param number of the question: that of the pair, or one of its own where the pair is asked about
 *     again
 * @param compared its answers in the order of the pair, not in the order shown
 * @param common the uniform number that decides for all who are asked, see {@link SharedErrors};
 *     null where all decide for themselves
 * @param verdicts the probability that a judge gives to the pair's first answer, by the judge, of
 *     judges who were asked and said something
 */
public record Question(
    long seed,
    long number,
    AnswerPair compared,
    @Nullable Double common,
    Map<String, Double> verdicts) {

  /** Copies the map. */
  public Question {
    verdicts = Map.copyOf(verdicts);
  }

  /** A question that all decide for themselves. */
  public Question(long seed, long number, AnswerPair compared) {
    this(seed, number, compared, null, Map.of());
  }

  /** The same question, of which judges said this. */
  public Question with(Map<String, Double> said) {
    return new Question(seed, number, compared, common, said);
  }

  /**
   * The same question asked again: everybody draws anew, and what all err in together stays.
   *
   * @param again its number then
   */
  public Question again(long again) {
    return new Question(seed, again, compared, common, verdicts);
  }
}

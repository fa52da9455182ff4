// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.training.TrainingRun;

/**
 * Says how good answers are; what it is made of is closed with it.
 *
 * <p>Most rewards are functions of an answer. Some ask somebody, or change while a policy learns
 * from them; what they need to go on after an interruption they keep with the training.
 */
@FunctionalInterface
public interface RewardFunction extends AutoCloseable {

  /**
   * Scores answers; one that was cut off is scored as far as it goes.
   *
   * @throws IOException if somebody outside is asked who cannot be reached
   */
  Scores score(List<Exchange> answers) throws IOException;

  /**
   * A policy begins to learn from this, or goes on: from now on each call scores the answers of one
   * update.
   */
  default void learning(TrainingRun run) throws IOException {}

  /**
   * Whether so many more answers can be scored; false only if that costs and too little is left.
   */
  default boolean affords(int answers) {
    return true;
  }

  /** What there is to log of the answers scored last, and of what changes. */
  default Map<String, Double> logged() {
    return Map.of();
  }

  /** What somebody was asked so far, as feedback says it; nothing if nobody is asked. */
  default Optional<FeedbackSummary> asked() {
    return Optional.empty();
  }

  @Override
  default void close() {}

  /**
   * Scores of several answers.
   *
   * @param score one number per answer; higher is better
   * @param spread how unsure each score is: the deviation of an ensemble's members, or 0
   * @param parts what parts of each answer add to its score, where that is known
   */
  record Scores(double[] score, double[] spread, List<PartRewards> parts) {

    /** Scores of whole answers. */
    public Scores(double[] score, double[] spread) {
      this(score, spread, Collections.nCopies(score.length, PartRewards.NONE));
    }
  }

  /**
   * What parts of an answer add to its score.
   *
   * @param ends where they end in the answer's text, in characters
   * @param rewards of each
   */
  record PartRewards(List<Integer> ends, double[] rewards) {
    /** Nothing is known of parts. */
    public static final PartRewards NONE = new PartRewards(List.of(), new double[0]);

    /** The same divided by a number. */
    public PartRewards over(double scale) {
      return scale == 1
          ? this
          : new PartRewards(ends, Arrays.stream(rewards).map(r -> r / scale).toArray());
    }

    /**
     * Gives the last token of each part what the part adds, and what is left to the last token of
     * the answer, so that all of them add up to the whole reward.
     *
     * <p>Wu et al. 2023, arXiv:2306.01693, section 4.
     *
     * @param tokens the rewards of the answer's tokens, which these are added to
     * @param places the last token of each part, in the answer; fewer if it was cut
     * @param whole the reward of the whole answer
     */
    public void addTo(double[] tokens, int[] places, double whole) {
      double left = whole;
      for (int i = 0; i < places.length; i++) {
        tokens[places[i]] += rewards[i];
        left -= rewards[i];
      }
      tokens[tokens.length - 1] += left;
    }
  }
}

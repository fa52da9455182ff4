// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.engine.statistics.Moments;

/**
 * How the members' scores of one answer become one.
 *
 * <p>Coste et al., "Reward Model Ensembles Help Mitigate Overoptimization", 2023, arXiv:2310.02743:
 * mean; worst case (the lowest member); mean minus a multiple of the variance, which here is the
 * population's. Between mean and worst case lies the conditional value at risk of Rockafellar and
 * Uryasev, "Optimization of conditional value-at-risk", 2000: the mean of the lowest members, here
 * of whole ones, {@code floor(tail n)} but at least one.
 *
 * @param how which of them
 * @param uncertaintyPenalty the multiple of the variance
 * @param tail the share of the members that count, the lowest
 */
record Combination(Combine how, double uncertaintyPenalty, double tail) {

  /** The share of the members where nothing is said. */
  private static final double TAIL = 0.25;

  /** What tail(0.3) of ten may fall short of three by. */
  private static final double ROUNDING = 1e-9;

  static Combination of(Combine how, double uncertaintyPenalty, @Nullable Double tail) {
    return new Combination(how, uncertaintyPenalty, tail == null ? TAIL : tail);
  }

  double of(double[] scores) {
    return switch (how) {
      case MEAN -> Moments.mean(scores);
      case MIN -> lowest(scores, 1);
      case MEAN_MINUS_VARIANCE ->
          Moments.mean(scores) - uncertaintyPenalty * Moments.populationVariance(scores);
      case CVAR -> lowest(scores, (int) Math.max(1, tail * scores.length + ROUNDING));
    };
  }

  private static double lowest(double[] scores, int count) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return Moments.mean(Arrays.copyOf(sorted, count));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.engine.statistics.Moments;

/**
 * How the members' scores of one answer become one.
 *
 * <p>Coste et al., "Reward Model Ensembles Help Mitigate Overoptimization", 2023, arXiv:2310.02743:
 * mean; worst case (the lowest member); mean minus a multiple of the variance, which here is the
 * population's.
 *
 * @param how which of them
 * @param uncertaintyPenalty the multiple of the variance
 */
record Combination(Combine how, double uncertaintyPenalty) {

  double of(double[] scores) {
    return switch (how) {
      case MEAN -> Moments.mean(scores);
      case MIN -> {
        double lowest = Double.POSITIVE_INFINITY;
        for (double score : scores) {
          lowest = Math.min(lowest, score);
        }
        yield lowest;
      }
      case MEAN_MINUS_VARIANCE ->
          Moments.mean(scores) - uncertaintyPenalty * Moments.populationVariance(scores);
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import org.plumbline.dsl.model.reward.ComposedRewardSpec.Scalarise;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * How several rewards become one (Roijers et al. 2013, "A Survey of Multi-Objective Sequential
 * Decision-Making", JAIR 48; Casper et al. 2023, section 4.2.1).
 *
 * <pre>{@code
 * SUM            sum over k of w_k r_k
 * MIN            min over k of r_k
 * PRODUCT        sum over k of w_k log sigmoid(r_k)
 * LEXICOGRAPHIC  goals reached before the first that is not, plus exp(r_k - g_k) of that one
 * CHEBYSHEV      -max over k of w_k (g_k - r_k)
 * }</pre>
 *
 * <p>Rewards that are normalised are as often below 0 as above, and have no product: Nash welfare
 * is that of the chances of beating 0. Goals count in the order of the weights, the highest first
 * (thresholded lexicographic ordering: Vamplew et al. 2011); beyond the last nothing is gained.
 *
 * @param weights w
 * @param goals g; 0 where none is declared, which is where none counts
 */
record Scalarisation(Scalarise how, double[] weights, double[] goals) {

  double of(double[] rewards) {
    return switch (how) {
      case SUM -> {
        double sum = 0;
        for (int k = 0; k < rewards.length; k++) {
          sum += weights[k] * rewards[k];
        }
        yield sum;
      }
      case PRODUCT -> {
        double sum = 0;
        for (int k = 0; k < rewards.length; k++) {
          sum += weights[k] * Logistic.logSigmoid(rewards[k]);
        }
        yield sum;
      }
      case MIN -> rewards[decisive(rewards)];
      case CHEBYSHEV -> -missing(decisive(rewards), rewards);
      case LEXICOGRAPHIC -> {
        int k = decisive(rewards);
        boolean all = rewards[k] >= goals[k];
        yield all ? rewards.length : k + StrictMath.exp(rewards[k] - goals[k]);
      }
    };
  }

  /**
   * How unsure the result is, where each reward is off by so much on its own: by the derivatives,
   * to first order.
   */
  double spread(double[] rewards, double[] spreads) {
    int only = decisive(rewards);
    double sum = 0;
    for (int k = 0; k < spreads.length; k++) {
      double slope =
          switch (how) {
            case SUM -> weights[k];
            case PRODUCT -> weights[k] * Logistic.sigmoid(-rewards[k]);
            case MIN -> k == only ? 1 : 0;
            case CHEBYSHEV -> k == only ? weights[k] : 0;
            case LEXICOGRAPHIC ->
                k == only && rewards[k] < goals[k] ? StrictMath.exp(rewards[k] - goals[k]) : 0;
          };
      sum += slope * slope * spreads[k] * spreads[k];
    }
    return StrictMath.sqrt(sum);
  }

  /** The reward that the result hangs on. */
  private int decisive(double[] rewards) {
    if (how == Scalarise.LEXICOGRAPHIC) {
      int k = 0;
      while (k < rewards.length - 1 && rewards[k] >= goals[k]) {
        k++;
      }
      return k;
    }
    int worst = 0;
    for (int k = 1; k < rewards.length; k++) {
      boolean worse =
          how == Scalarise.MIN
              ? rewards[k] < rewards[worst]
              : missing(k, rewards) > missing(worst, rewards);
      worst = worse ? k : worst;
    }
    return worst;
  }

  private double missing(int k, double[] rewards) {
    return weights[k] * (goals[k] - rewards[k]);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.Arrays;

/**
 * Multipliers of constraints on the means of some costs while a policy maximises its reward.
 *
 * <p>Ray, Achiam and Amodei, "Benchmarking Safe Exploration in Deep Reinforcement Learning", 2019
 * (PPO-Lagrangian); Dai et al., "Safe RLHF", 2023, arXiv:2310.12773, section 3.2. With multipliers
 * lambda, costs c and their bounds d:
 *
 * <pre>{@code
 * max over pi, min over lambda >= 0 of  E[r] - sum over j of lambda_j (E[c_j] - d_j)
 * reward of an answer:  (r - sum over j of lambda_j c_j) / (1 + sum over j of lambda_j)
 * after an update:      lambda_j <- max(0, lambda_j + eta_j (mean of c_j - d_j))
 * }</pre>
 *
 * <p>The mean is that of the update's answers. Multipliers start at 1 and stay there during the
 * first tenth of the updates, in which the policy only begins to move.
 */
final class LagrangeMultipliers {
  static final double START = 1;
  private static final double FIXED = 0.1;

  private final double[] atMost;
  private final double[] rates;
  private final double[] lambda;

  /**
   * Multipliers at their start.
   *
   * @param atMost d
   * @param rates eta
   */
  LagrangeMultipliers(double[] atMost, double[] rates) {
    this.atMost = atMost.clone();
    this.rates = rates.clone();
    this.lambda = new double[atMost.length];
    Arrays.fill(lambda, START);
  }

  double of(int constraint) {
    return lambda[constraint];
  }

  /** Whether a mean is above its bound. */
  boolean broken(int constraint, double mean) {
    return mean > atMost[constraint];
  }

  /** Goes on with a multiplier as it was before an interruption. */
  void resume(int constraint, double value) {
    lambda[constraint] = value;
  }

  /** What rewards and costs are divided by. */
  double scale() {
    return 1 + Arrays.stream(lambda).sum();
  }

  /** The reward of an answer of which the reward and the costs are these. */
  double reward(double reward, double[] costs) {
    double sum = reward;
    for (int j = 0; j < lambda.length; j++) {
      sum -= lambda[j] * costs[j];
    }
    return sum / scale();
  }

  /**
   * Moves the multipliers.
   *
   * @param means of the costs over the answers of an update
   * @param done the share of the updates before it
   */
  void after(double[] means, double done) {
    for (int j = 0; j < lambda.length && done >= FIXED; j++) {
      lambda[j] = Math.max(0, lambda[j] + rates[j] * (means[j] - atMost[j]));
    }
  }
}

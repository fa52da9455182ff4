// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.Arrays;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * How much more likely answers are under a target than under what they were drawn from, p / q.
 *
 * <p>The constant of the target is the mean over the prompt's answers, so that the weights of a
 * prompt have mean 1 and none exceeds the number of them. Where no answer to a prompt has mass,
 * nothing is known of the constant, and all its weights are 0.
 *
 * @param weights of the answers
 * @param logZ mean logarithm of the constant, of prompts that have one; 0 if none has
 * @param massless share of prompts without one
 */
record TargetWeights(double[] weights, int group, double logZ, double massless) {
  /** Log-ratios beyond this are cut before they are exponentiated, as in {@link Surrogate}. */
  private static final double LARGEST = Surrogate.LARGEST_LOG_RATIO;

  /**
   * Of answers, those to one prompt one after the other.
   *
   * @param logs logarithms of P / q; negative infinity where the target has no mass
   */
  static TargetWeights of(double[] logs, int group) {
    double[] weights = new double[logs.length];
    double sum = 0;
    int massless = 0;
    int groups = logs.length / group;
    for (int first = 0; first < logs.length; first += group) {
      double logZ =
          Logistic.logSumExp(Arrays.copyOfRange(logs, first, first + group))
              - StrictMath.log(group);
      if (Double.isInfinite(logZ)) {
        massless++;
        continue;
      }
      sum += logZ;
      for (int i = first; i < first + group; i++) {
        weights[i] = StrictMath.exp(logs[i] - logZ);
      }
    }
    double mean = massless == groups ? 0 : sum / (groups - massless);
    return new TargetWeights(weights, group, mean, massless / (double) groups);
  }

  /** KL(p, q): the mean of p/q log p/q over prompts with mass; 0 if there are none. */
  double divergence() {
    double sum = Arrays.stream(weights).map(w -> w == 0 ? 0 : w * StrictMath.log(w)).sum();
    return perAnswer(sum);
  }

  /**
   * By how much a policy is nearer to the target than the proposal is: KL(p, q) - KL(p, pi).
   *
   * @param proposed log-probabilities under q
   * @param said the same under the policy
   */
  double nearer(double[] proposed, double[] said) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] == 0 ? 0 : weights[i] * (said[i] - proposed[i]);
    }
    return perAnswer(sum);
  }

  private double perAnswer(double sum) {
    return massless == 1 ? 0 : sum / (weights.length * (1 - massless));
  }

  /**
   * What the gradient of each answer's log-probability is multiplied with: (p - pi) / q; 0 where
   * nothing is known of p. The second term changes no mean and takes off noise (Korbak et al. 2022,
   * arXiv:2206.00761, section 3.3).
   */
  double[] coefficients(double[] proposed, double[] said) {
    double[] coefficients = new double[weights.length];
    for (int first = 0; first < weights.length; first += group) {
      boolean known = Arrays.stream(weights, first, first + group).anyMatch(weight -> weight > 0);
      for (int i = first; known && i < first + group; i++) {
        double moved = Math.max(-LARGEST, Math.min(LARGEST, said[i] - proposed[i]));
        coefficients[i] = weights[i] - StrictMath.exp(moved);
      }
    }
    return coefficients;
  }
}

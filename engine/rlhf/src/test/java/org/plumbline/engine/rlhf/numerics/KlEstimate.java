// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

/**
 * Estimators of KL(policy || reference) from d = log policy - log reference at samples of the
 * policy.
 *
 * <p>Schulman, "Approximating KL Divergence", 2020 (joschu.net/blog/kl-approx.html): k1 is
 * unbiased, k2 is biased but its gradient is the divergence's, k3 is unbiased and never negative.
 */
public final class KlEstimate {
  private KlEstimate() {}

  /** d. */
  public static double k1(double logRatio) {
    return logRatio;
  }

  /** d² / 2. */
  public static double k2(double logRatio) {
    return logRatio * logRatio / 2;
  }

  /** exp(-d) - 1 + d. */
  public static double k3(double logRatio) {
    return StrictMath.expm1(-logRatio) + logRatio;
  }

  /** The divergence itself, of two distributions over the same outcomes. */
  public static double exact(double[] policy, double[] reference) {
    double sum = 0;
    for (int i = 0; i < policy.length; i++) {
      if (policy[i] > 0) {
        sum += policy[i] * StrictMath.log(policy[i] / reference[i]);
      }
    }
    return sum;
  }
}

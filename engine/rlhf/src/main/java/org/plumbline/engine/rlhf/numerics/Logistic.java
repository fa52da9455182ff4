// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

/**
 * The logistic function and its relatives, exact for large arguments and equal on every machine.
 */
public final class Logistic {
  private Logistic() {}

  /** log(1 + exp(z)). */
  public static double softplus(double z) {
    return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
  }

  /** log(sigmoid(z)). */
  public static double logSigmoid(double z) {
    return -softplus(-z);
  }

  /** 1 / (1 + exp(-z)). */
  public static double sigmoid(double z) {
    return StrictMath.exp(logSigmoid(z));
  }

  /** log(sum(exp(v))). */
  public static double logSumExp(double[] values) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    if (Double.isInfinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double value : values) {
      sum += StrictMath.exp(value - largest);
    }
    return largest + StrictMath.log(sum);
  }

  /** The cross-entropy of a win probability {@code sigmoid(gap)} against a target in [0, 1]. */
  public static double crossEntropy(double gap, double target) {
    return -target * logSigmoid(gap) - (1 - target) * logSigmoid(-gap);
  }
}

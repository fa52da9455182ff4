// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.InverseErfc;

/** The standard normal distribution where its probabilities are too small to be written down. */
final class NormalTail {
  private static final double ROOT_TWO = StrictMath.sqrt(2);
  private static final double ROOT_HALF_PI = StrictMath.sqrt(Math.PI / 2);

  private NormalTail() {}

  /** log Phi(z). */
  static double logCdf(double z) {
    if (z > 0) {
      return StrictMath.log1p(-0.5 * Erfc.value(z / ROOT_TWO));
    }
    return StrictMath.log(0.5 * Erfcx.value(-z / ROOT_TWO)) - 0.5 * z * z;
  }

  /** The z below which this share of the distribution lies. */
  static double quantile(double share) {
    return -ROOT_TWO * InverseErfc.value(2 * share);
  }

  /** phi(z) / Phi(z), the derivative of {@link #logCdf}. */
  static double ratio(double z) {
    return 1 / (ROOT_HALF_PI * Erfcx.value(-z / ROOT_TWO));
  }
}

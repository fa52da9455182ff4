// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/** The normal distribution, by Student's t with so many degrees of freedom that it is the same. */
final class Normal {

  private Normal() {}

  /** {@code P(X < x)}. */
  static double below(double x) {
    double outside = StudentT.tails(Math.abs(x), 1e8) / 2;
    return x < 0 ? outside : 1 - outside;
  }
}

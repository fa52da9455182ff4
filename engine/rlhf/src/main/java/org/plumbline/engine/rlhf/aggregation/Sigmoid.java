// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

/**
 * The sigmoid of a number with what else one exponential gives, exact however large the number is.
 *
 * @param value {@code sigma(z)}
 * @param rest {@code 1 - sigma(z)}
 * @param minusLog {@code -log sigma(z)}
 */
record Sigmoid(double value, double rest, double minusLog) {
  static Sigmoid of(double z) {
    double small = StrictMath.exp(-Math.abs(z));
    double more = 1 / (1 + small);
    double less = small / (1 + small);
    double log = StrictMath.log1p(small);
    return z >= 0 ? new Sigmoid(more, less, log) : new Sigmoid(less, more, log - z);
  }
}

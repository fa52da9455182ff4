// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

/**
 * How often a regular expression may go back at one place of a text of n characters before it gives
 * up: at most {@code constant + slope n} times.
 *
 * <p>Oniguruma counts that and gives up at ten million, which is how the library of tokenizers ends
 * the process.
 *
 * @param slope infinite if the number grows faster than the text
 */
record PatternCost(double constant, double slope) {

  static final PatternCost ONE = new PatternCost(1, 0);

  /** Each character once. */
  static final PatternCost LENGTH = new PatternCost(1, 1);

  static final PatternCost BOUNDLESS =
      new PatternCost(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Less than Oniguruma's ten million, as the count is an estimate. */
  private static final double MOST = 8e6;

  PatternCost plus(PatternCost other) {
    return new PatternCost(constant + other.constant, slope + other.slope);
  }

  PatternCost times(PatternCost other) {
    boolean squared = slope > 0 && other.slope > 0;
    if (squared || constant >= MOST || other.constant >= MOST) {
      return BOUNDLESS;
    }
    return new PatternCost(
        constant * other.constant, constant * other.slope + other.constant * slope);
  }

  PatternCost times(double factor) {
    return times(new PatternCost(factor, 0));
  }

  /** Returns how many characters a text may have; 0 or less: the pattern cannot be used. */
  long longestText() {
    if (constant >= MOST) {
      return 0;
    }
    return slope == 0 ? Long.MAX_VALUE : (long) ((MOST - constant) / slope);
  }
}

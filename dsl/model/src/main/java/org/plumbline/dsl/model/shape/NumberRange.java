// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.shape;

/**
 * The values a number may have.
 *
 * @param low the lower end
 * @param high the upper end
 * @param lowIncluded whether the lower end itself is allowed
 * @param highIncluded whether the upper end itself is allowed
 * @param text the interval as it was written, for messages: {@code (0, 1]}
 */
public record NumberRange(
    double low, double high, boolean lowIncluded, boolean highIncluded, String text) {

  /** Reads {@code (0, 1]} or {@code [1, inf)}. */
  static NumberRange parse(String text) {
    int comma = text.indexOf(',');
    return new NumberRange(
        end(text.substring(1, comma).trim()),
        end(text.substring(comma + 1, text.length() - 1).trim()),
        text.startsWith("["),
        text.endsWith("]"),
        text);
  }

  private static double end(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** Whether the value lies in the interval; NaN lies in none. */
  public boolean contains(double value) {
    boolean aboveLow = lowIncluded ? value >= low : value > low;
    boolean belowHigh = highIncluded ? value <= high : value < high;
    return aboveLow && belowHigh;
  }
}

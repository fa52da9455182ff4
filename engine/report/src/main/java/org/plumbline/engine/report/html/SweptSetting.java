// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.math.BigDecimal;
import java.util.List;

/**
 * A setting in which recipes differ.
 *
 * @param of the recipe that they vary
 * @param lines each of recipes that have all other settings in common
 */
record SweptSetting(String of, String path, List<Line> lines) {

  /**
   * Recipes along the setting.
   *
   * @param label what else they have that those of other lines have not; may be empty
   */
  record Line(String label, List<Point> points) {}

  /** A recipe with its value of the setting. */
  record Point(String recipe, double value) {}

  /** The last key of a path. */
  static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** A number as one writes it in a spec. */
  static String text(double value) {
    BigDecimal plain = BigDecimal.valueOf(value).stripTrailingZeros();
    int exponent = plain.precision() - plain.scale() - 1;
    boolean usual = plain.signum() == 0 || (exponent >= -3 && exponent < 6);
    return usual
        ? plain.signum() == 0 ? "0" : plain.toPlainString()
        : plain.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }
}

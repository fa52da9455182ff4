// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import org.jspecify.annotations.Nullable;

/**
 * A value with its 95 % interval.
 *
 * @param value the estimate
 * @param low lower end; null if the value is counted or true by definition
 * @param high upper end; null together with {@code low}
 */
public record Interval(double value, @Nullable Double low, @Nullable Double high) {

  public Interval {
    if ((low == null) != (high == null)) {
      throw new IllegalArgumentException("an interval has both ends or none: " + low + ", " + high);
    }
  }

  /** A value that is counted or true by definition. */
  public static Interval exact(double value) {
    return new Interval(value, null, null);
  }

  /** Whether the interval lies above {@code at}; never for a value without an interval. */
  public boolean above(double at) {
    return low != null && low > at;
  }

  /** Whether the interval lies below {@code at}; never for a value without an interval. */
  public boolean below(double at) {
    return high != null && high < at;
  }
}

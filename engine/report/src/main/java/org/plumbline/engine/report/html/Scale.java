// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value lies on an axis.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}
 * @param from coordinate in user units
 * @param root whether distances are square roots of values
 * @param step distance of ticks; of their roots if {@code root}
 */
record Scale(double low, double high, double from, double to, boolean root, double step) {

  private static final double[] STEPS = {1, 2, 5};

  /** How near, in steps, a tick must be for an axis to end there. */
  private static final double NEAR = 0.4;

  /** An axis over the range, with about {@code count} ticks; ends are not rounded. */
  static Scale linear(double low, double high, int count) {
    double top = high > low ? high : low + 1;
    return new Scale(low, top, 0, 1, false, step((top - low) / count));
  }

  /**
   * An axis that holds the range, with about {@code count} ticks: an end is moved to the next tick
   * if that is near, else only a little, so that little of the picture stays empty.
   */
  static Scale around(double low, double high, int count) {
    double top = high > low ? high : low + 1;
    double step = step((top - low) / count);
    double first = Math.floor(low / step) * step;
    double last = Math.ceil(top / step) * step;
    double margin = .04 * (top - low);
    return new Scale(
        low - first < NEAR * step ? first : low - margin,
        last - top < NEAR * step ? last : top + margin,
        0,
        1,
        false,
        step);
  }

  /** An axis from 0 on which distances are square roots, as KL is best shown. */
  static Scale root(double high, int count) {
    double top = Math.sqrt(Math.max(high, 1e-6));
    return new Scale(0, Math.max(high, 1e-6), 0, 1, true, step(top / count));
  }

  /** The same axis on the page. */
  Scale from(double start, double end) {
    return new Scale(low, high, start, end, root, step);
  }

  /** 1, 2 or 5 times a power of ten, not much under {@code least}. */
  private static double step(double least) {
    double power = StrictMath.pow(10, Math.floor(StrictMath.log10(least)));
    for (double step : STEPS) {
      if (step * power >= least * .75) {
        return step * power;
      }
    }
    return 10 * power;
  }

  double at(double value) {
    double part = (bend(value) - bend(low)) / (bend(high) - bend(low));
    return from + part * (to - from);
  }

  /** As {@link #at}, but never beyond the ends. */
  double within(double value) {
    return at(Math.min(high, Math.max(low, value)));
  }

  private double bend(double value) {
    return root ? Math.sqrt(Math.max(0, value)) : value;
  }

  List<Double> ticks() {
    List<Double> out = new ArrayList<>();
    double a = bend(low);
    double b = bend(high);
    for (long i = (long) Math.ceil(a / step - 1e-9); i * step <= b + 1e-9 * step; i++) {
      out.add(root ? i * step * (i * step) : i * step);
    }
    return out;
  }

  /** How many digits ticks need. */
  int decimals() {
    double smallest = root ? step * step : step;
    int digits = (int) Math.max(0, -Math.floor(StrictMath.log10(smallest) + 1e-9));
    return Math.min(root ? 2 : 6, digits);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.List;
import java.util.Locale;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;

/** How numbers and lists are written in text; spaces inside a number do not break. */
final class Numbers {

  static final char NO_BREAK = '\u00a0';

  private Numbers() {}

  /** {@code −1 234.5}; what rounds to zero has no sign. */
  static String plain(double value, int decimals) {
    String digits =
        String.format(Locale.ROOT, "%,." + decimals + "f", Math.abs(value)).replace(',', NO_BREAK);
    boolean zero = digits.chars().noneMatch(c -> c >= '1' && c <= '9');
    return value < 0 && !zero ? "−" + digits : digits;
  }

  /** {@code 68 %}, {@code 7.4}: a value of a metric as it is shown, without the unit's name. */
  static String of(Metric metric, double value) {
    String number = plain(value * metric.factor(), metric.decimals());
    return metric.unit().equals("%") ? number + NO_BREAK + "%" : number;
  }

  /** A share as per cent. */
  static String percent(double share) {
    return plain(100 * share, 0) + NO_BREAK + "%";
  }

  /** {@code 5 points}: a difference of shares. */
  static String points(double share) {
    String number = plain(100 * share, 100 * share == Math.rint(100 * share) ? 0 : 1);
    return number + NO_BREAK + (number.equals("1") ? "point" : "points");
  }

  /**
   * {@code [64, 73]}; one more digit if an end would else seem to touch {@code apart}, from which
   * the interval is said to differ.
   */
  static String range(Metric metric, Interval interval, double apart) {
    return range(interval, metric.factor(), metric.decimals(), apart);
  }

  /** The interval of a share as per cent. */
  static String percentRange(Interval interval) {
    return range(interval, 100, 0, Double.NaN);
  }

  private static String range(Interval interval, int factor, int decimals, double apart) {
    Double low = interval.low();
    Double high = interval.high();
    if (low == null || high == null) {
      return "";
    }
    String at = plain(apart * factor, decimals);
    boolean differs = interval.above(apart) || interval.below(apart);
    boolean touches =
        plain(low * factor, decimals).equals(at) || plain(high * factor, decimals).equals(at);
    int digits = differs && touches ? decimals + 1 : decimals;
    return "[" + plain(low * factor, digits) + "," + NO_BREAK + plain(high * factor, digits) + "]";
  }

  /** {@code a, b and c}; of more than five the first three, and how many others there are. */
  static String some(List<String> items) {
    return items.size() <= 5
        ? list(items)
        : String.join(", ", items.subList(0, 3)) + " and " + (items.size() - 3) + " others";
  }

  /** {@code a, b and c}. */
  static String list(List<String> items) {
    int last = items.size() - 1;
    if (last < 1) {
      return String.join("", items);
    }
    return String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }
}

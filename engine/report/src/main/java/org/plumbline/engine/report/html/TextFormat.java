// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;

/** How numbers and lists are written: true minus, narrow spaces, no minus zero. */
final class TextFormat {

  static final String THIN = "\u202f";
  private static final String MINUS = "\u2212";

  /** How many names of a long list are said. */
  private static final int SOME = 4;

  private static final String NOTHING = "–";

  private TextFormat() {}

  /** 1234.5 with one digit is 1 234.5. */
  static String number(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return NOTHING;
    }
    String digits =
        String.format(Locale.ROOT, "%,." + decimals + "f", Math.abs(value)).replace(",", THIN);
    return value < 0 && !isZero(digits) ? MINUS + digits : digits;
  }

  /** What is counted. */
  static String whole(long count) {
    return number((double) count, 0);
  }

  /** As {@link #number}, with a plus before what is positive. */
  static String signed(double value, int decimals) {
    String text = number(value, decimals);
    return value > 0 && Double.isFinite(value) && !isZero(text) ? "+" + text : text;
  }

  private static boolean isZero(String digits) {
    return digits.chars().noneMatch(c -> c >= '1' && c <= '9');
  }

  static String optional(@Nullable Double value, int decimals) {
    return value == null ? NOTHING : number(value, decimals);
  }

  /** A share as per cent; without the sign. */
  static String percent(@Nullable Double share, int decimals) {
    return share == null ? NOTHING : number(100 * share, decimals);
  }

  /** {@code [low, high]}, each times {@code factor}; empty for a value without an interval. */
  static String range(Interval interval, int factor, int decimals) {
    Double low = interval.low();
    Double high = interval.high();
    if (low == null || high == null) {
      return "";
    }
    return "[" + number(low * factor, decimals) + ", " + number(high * factor, decimals) + "]";
  }

  /** The value of a metric with its unit and interval, as in a sentence. */
  static String value(Metric metric, Interval interval) {
    String unit = metric.unit().isEmpty() ? "" : THIN + metric.unit();
    String range = range(interval, metric.factor(), metric.decimals());
    return number(interval.value() * metric.factor(), metric.decimals())
        + unit
        + (range.isEmpty() ? "" : " " + range);
  }

  /** {@code a, b and c}. */
  static String list(List<String> names) {
    int last = names.size() - 1;
    if (last < 1) {
      return String.join("", names);
    }
    return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** As {@link #list}, but of many names only the first few, and how many others there are. */
  static String some(List<String> names) {
    return names.size() <= SOME + 2
        ? list(names)
        : String.join(", ", names.subList(0, SOME)) + " and " + (names.size() - SOME) + " others";
  }

  /** The word for one, or for many. */
  static String plural(long n, String one, String many) {
    return n == 1 ? one : many;
  }

  /** {@code 1 recipe}, {@code 7 recipes}. */
  static String count(long n, String one, String many) {
    return whole(n) + " " + plural(n, one, many);
  }

  /** Seconds as one would say them. */
  static String duration(double seconds) {
    if (seconds < 10) {
      return number(seconds, 1) + THIN + "s";
    }
    if (seconds < 100) {
      return number(seconds, 0) + THIN + "s";
    }
    return number(seconds / 60, seconds < 600 ? 1 : 0) + THIN + "min";
  }

  /** Seconds as a clock shows them. */
  static String clock(double seconds) {
    long s = Math.round(seconds);
    String tail = String.format(Locale.ROOT, "%02d:%02d", s % 3600 / 60, s % 60);
    return s >= 3600 ? s / 3600 + ":" + tail : tail.replaceFirst("^0(?=\\d:)", "");
  }

  /** The same, beginning with a capital letter. */
  static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  /** A name short enough for a chart: its start and its end. */
  static String brief(String name, int most) {
    if (name.codePointCount(0, name.length()) <= most) {
      return name;
    }
    int[] points = name.codePoints().toArray();
    int head = (most - 1) / 2;
    int tail = most - 1 - head;
    return new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
  }

  /** The other model, or the other 3 models. */
  static String theOther(int many, String one) {
    return many == 1 ? "The other " + one : "The other " + many + " " + one + "s";
  }
}

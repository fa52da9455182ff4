// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.List;

/** Path data with coordinates to a tenth of a unit, relative after the first: short and exact. */
final class Path {

  private Path() {}

  /** A line through points {@code {x, y}}. */
  static String through(List<double[]> points) {
    StringBuilder out = new StringBuilder();
    long x = 0;
    long y = 0;
    for (double[] point : points) {
      long nextX = Math.round(point[0] * 10);
      long nextY = Math.round(point[1] * 10);
      if (out.isEmpty()) {
        out.append('M').append(tenths(nextX)).append(' ').append(tenths(nextY)).append('l');
      } else if (nextX != x || nextY != y) {
        append(out, nextX - x);
        append(out, nextY - y);
      }
      x = nextX;
      y = nextY;
    }
    if (out.charAt(out.length() - 1) == 'l') {
      out.append("0 0");
    }
    return out.toString();
  }

  private static void append(StringBuilder out, long delta) {
    String text = tenths(delta);
    boolean first = out.charAt(out.length() - 1) == 'l';
    out.append(first || text.startsWith("-") ? "" : " ").append(text);
  }

  private static String tenths(long value) {
    long whole = Math.abs(value) / 10;
    long rest = Math.abs(value) % 10;
    String digits = rest == 0 ? Long.toString(whole) : (whole == 0 ? "" : whole) + "." + rest;
    return value < 0 ? "-" + digits : digits;
  }

  /** A coordinate. */
  static String at(double value) {
    return tenths(Math.round(value * 10));
  }
}

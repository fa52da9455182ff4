// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.progress;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers as people read them. */
final class ProgressNumbers {

  private static final int SHOWN = 3;

  private ProgressNumbers() {}

  /** The first metrics, as in {@code reward 0.71 kl 5.8}. */
  static String metrics(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .limit(SHOWN)
        .map(m -> m.getKey().replace('_', ' ') + " " + shortly(m.getValue()))
        .collect(Collectors.joining("  "));
  }

  /** Three significant digits; tiny and huge numbers with an exponent. */
  static String shortly(double value) {
    double size = Math.abs(value);
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value == Math.rint(value) && size < 1e6) {
      return Long.toString((long) value);
    }
    if (size < 1e-3 || size >= 1e6) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}

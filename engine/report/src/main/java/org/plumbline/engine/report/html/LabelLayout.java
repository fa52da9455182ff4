// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Moves points on a line apart, as little as needed, so that their labels do not overlap. */
final class LabelLayout {

  private LabelLayout() {}

  /** New places in the given order, at least {@code gap} apart and, if they fit, in the range. */
  static double[] apart(double[] wanted, double gap, double low, double high) {
    double[] gaps = new double[wanted.length];
    Arrays.fill(gaps, gap);
    return apart(wanted, gaps, low, high);
  }

  /** As above, where point i keeps half of {@code gaps[i]} free on each side. */
  static double[] apart(double[] wanted, double[] gaps, double low, double high) {
    Integer[] order =
        IntStream.range(0, wanted.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> wanted[i]))
            .toArray(Integer[]::new);
    double[] sorted = new double[wanted.length];
    double[] between = new double[wanted.length];
    for (int i = 0; i < order.length; i++) {
      sorted[i] = wanted[order[i]];
      between[i] = i == 0 ? 0 : (gaps[order[i - 1]] + gaps[order[i]]) / 2;
    }
    double[] placed = pool(sorted, between);
    fit(placed, between, low, high);
    double[] out = new double[wanted.length];
    for (int i = 0; i < order.length; i++) {
      out[order[i]] = placed[i];
    }
    return out;
  }

  /**
   * Least squares under the order: blocks of touching points sit at the mean of what they want (the
   * pool-adjacent-violators algorithm on places less the space before them).
   */
  private static double[] pool(double[] wanted, double[] between) {
    int n = wanted.length;
    double[] offset = new double[n];
    for (int i = 1; i < n; i++) {
      offset[i] = offset[i - 1] + between[i];
    }
    double[] mean = new double[n];
    int[] size = new int[n];
    int blocks = 0;
    for (int i = 0; i < n; i++) {
      mean[blocks] = wanted[i] - offset[i];
      size[blocks++] = 1;
      while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1]) {
        int both = size[blocks - 2] + size[blocks - 1];
        mean[blocks - 2] =
            (mean[blocks - 2] * size[blocks - 2] + mean[blocks - 1] * size[blocks - 1]) / both;
        size[blocks - 2] = both;
        blocks--;
      }
    }
    double[] out = new double[n];
    for (int block = 0, i = 0; block < blocks; block++) {
      for (int k = 0; k < size[block]; k++, i++) {
        out[i] = mean[block] + offset[i];
      }
    }
    return out;
  }

  private static void fit(double[] placed, double[] between, double low, double high) {
    int n = placed.length;
    if (n == 0) {
      return;
    }
    placed[n - 1] = Math.min(placed[n - 1], high);
    for (int i = n - 2; i >= 0; i--) {
      placed[i] = Math.min(placed[i], placed[i + 1] - between[i + 1]);
    }
    placed[0] = Math.max(placed[0], low);
    for (int i = 1; i < n; i++) {
      placed[i] = Math.max(placed[i], placed[i - 1] + between[i]);
    }
  }
}

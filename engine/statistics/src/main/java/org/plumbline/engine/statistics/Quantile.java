// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * Quantiles of a sample by linear interpolation: type 7 of Hyndman and Fan, "Sample quantiles in
 * statistical packages", 1996 (the default of R and NumPy).
 */
public final class Quantile {

  private Quantile() {}

  /** The quantile of values that are in ascending order. */
  public static double ofSorted(double[] sorted, double p) {
    double h = (sorted.length - 1) * p;
    int below = (int) StrictMath.floor(h);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (h - below) * (sorted[above] - sorted[below]);
  }

  /** The interval that holds the middle 95 % of a bootstrap distribution. */
  public static Bounds middle95(double[] draws) {
    double[] sorted = draws.clone();
    java.util.Arrays.sort(sorted);
    return new Bounds(ofSorted(sorted, 0.025), ofSorted(sorted, 0.975));
  }
}

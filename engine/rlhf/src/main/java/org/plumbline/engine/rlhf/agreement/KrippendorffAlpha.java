// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.agreement;

/**
 * Krippendorff's alpha: one minus observed over expected disagreement; for any number of raters and
 * with ratings missing.
 *
 * <p>Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011):
 *
 * <pre>{@code
 * o_ck  = sum_u (n_uc n_uk - [c = k] n_uc) / (m_u - 1)
 * alpha = 1 - D_o / D_e,  D_o = sum o_ck d^2 / n,
 * D_e = sum (n_c n_k - [c = k] n_c) d^2 / (n (n - 1))
 * }</pre>
 *
 * <p>where u runs over items with m_u ≥ 2 ratings and n is the number of their ratings.
 */
public final class KrippendorffAlpha {
  private KrippendorffAlpha() {}

  /** How far apart two categories are. */
  public enum Metric {
    /** Equal or not. */
    NOMINAL,
    /** By how many ratings lie between them. */
    ORDINAL,
    /** By the difference of their numbers. */
    INTERVAL
  }

  /** The alpha; NaN if all ratings are of one category or there is no item. */
  public static double of(Ratings ratings, Metric metric) {
    int categories = ratings.categories();
    double[][] coincidences = coincidences(ratings);
    double[] totals = new double[categories];
    double n = 0;
    for (int c = 0; c < categories; c++) {
      for (int k = 0; k < categories; k++) {
        totals[c] += coincidences[c][k];
      }
      n += totals[c];
    }
    double observed = 0;
    double expected = 0;
    for (int c = 0; c < categories; c++) {
      for (int k = 0; k < categories; k++) {
        double distance = squaredDistance(metric, totals, c, k);
        observed += coincidences[c][k] * distance;
        expected += (totals[c] * totals[k] - (c == k ? totals[c] : 0)) * distance;
      }
    }
    return expected == 0 ? Double.NaN : 1 - observed / (expected / (n - 1));
  }

  private static double[][] coincidences(Ratings ratings) {
    int categories = ratings.categories();
    double[][] coincidences = new double[categories][categories];
    for (int u = 0; u < ratings.size(); u++) {
      int[] item = ratings.item(u);
      double others = Ratings.total(item) - 1.0;
      for (int c = 0; c < item.length; c++) {
        for (int k = 0; k < item.length; k++) {
          coincidences[c][k] += item[c] * (double) (item[k] - (c == k ? 1 : 0)) / others;
        }
      }
    }
    return coincidences;
  }

  private static double squaredDistance(Metric metric, double[] totals, int c, int k) {
    return switch (metric) {
      case NOMINAL -> c == k ? 0 : 1;
      case INTERVAL -> (double) (c - k) * (c - k);
      case ORDINAL -> {
        double between = -(totals[c] + totals[k]) / 2;
        for (int g = Math.min(c, k); g <= Math.max(c, k); g++) {
          between += totals[g];
        }
        yield between * between;
      }
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.agreement;

/**
 * Cohen's kappa: the agreement of two raters beyond what their habits would give by chance.
 *
 * <p>Cohen, "Weighted kappa", Psychological Bulletin 70 (1968):
 *
 * <pre>{@code
 * kappa = 1 - sum_ij w_ij O_ij / sum_ij w_ij E_ij
 * }</pre>
 *
 * <p>where O are the observed shares, E those of independent raters with the same marginals, and w
 * the weight of a disagreement.
 *
 * <p>Two groups of raters count as two raters who put an item into each category with the share of
 * their group that did (Schouten, "Measuring pairwise interobserver agreement when all subjects are
 * judged by the same observers", Statistica Neerlandica 36 (1982)): O is then the mean over all
 * pairs of one rater of each group. Groups of one are the two raters of the formula.
 */
public final class CohenKappa {
  private CohenKappa() {}

  /** How much a disagreement weighs. */
  public enum Weight {
    /** All disagreements weigh the same. */
    NOMINAL,
    /** By the distance of the categories. */
    LINEAR,
    /** By the squared distance of the categories. */
    QUADRATIC;

    double of(int i, int j) {
      int distance = Math.abs(i - j);
      return switch (this) {
        case NOMINAL -> distance == 0 ? 0 : 1;
        case LINEAR -> distance;
        case QUADRATIC -> (double) distance * distance;
      };
    }
  }

  /**
   * The kappa of two raters' categories, item by item.
   *
   * @return NaN if both use only one and the same category: then nothing could be disagreed about
   */
  public static double of(int[] one, int[] other, Weight weight) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(one.length + " and " + other.length + " ratings");
    }
    int categories = 0;
    for (int i = 0; i < one.length; i++) {
      categories = Math.max(categories, 1 + Math.max(one[i], other[i]));
    }
    double[][] ones = new double[one.length][categories];
    double[][] others = new double[one.length][categories];
    int[] once = new int[one.length];
    for (int i = 0; i < one.length; i++) {
      ones[i][one[i]] = 1;
      others[i][other[i]] = 1;
      once[i] = 1;
    }
    return of(ones, others, once, weight);
  }

  /**
   * The kappa of two groups of raters.
   *
   * @param one what share of the first group put each item into each category, [item][category]
   * @param other the same of the second
   * @param times how often each item counts
   */
  static double of(double[][] one, double[][] other, int[] times, Weight weight) {
    int categories = one.length == 0 ? 0 : one[0].length;
    double[] shareOfOne = new double[categories];
    double[] shareOfOther = new double[categories];
    double all = 0;
    double observed = 0;
    for (int u = 0; u < times.length; u++) {
      if (times[u] == 0) {
        continue;
      }
      all += times[u];
      for (int i = 0; i < categories; i++) {
        shareOfOne[i] += times[u] * one[u][i];
        shareOfOther[i] += times[u] * other[u][i];
        for (int j = 0; one[u][i] > 0 && j < categories; j++) {
          observed += times[u] * weight.of(i, j) * one[u][i] * other[u][j];
        }
      }
    }
    double expected = 0;
    for (int i = 0; i < categories; i++) {
      for (int j = 0; j < categories; j++) {
        expected += weight.of(i, j) * shareOfOne[i] / all * shareOfOther[j];
      }
    }
    return expected == 0 ? Double.NaN : 1 - observed / expected;
  }
}

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
    double[] shareOfOne = new double[categories];
    double[] shareOfOther = new double[categories];
    double observed = 0;
    for (int i = 0; i < one.length; i++) {
      shareOfOne[one[i]] += 1.0 / one.length;
      shareOfOther[other[i]] += 1.0 / one.length;
      observed += weight.of(one[i], other[i]) / one.length;
    }
    double expected = 0;
    for (int i = 0; i < categories; i++) {
      for (int j = 0; j < categories; j++) {
        expected += weight.of(i, j) * shareOfOne[i] * shareOfOther[j];
      }
    }
    return expected == 0 ? Double.NaN : 1 - observed / expected;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.agreement;

/**
 * Fleiss' kappa: the agreement of several raters beyond chance, whoever they are.
 *
 * <p>Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76
 * (1971):
 *
 * <pre>{@code
 * P_i = (sum_j n_ij^2 - n) / (n (n - 1)),  P_e = sum_j p_j^2,  kappa = (mean P_i - P_e) / (1 - P_e)
 * }</pre>
 *
 * <p>Where items have different numbers of ratings (people may skip), n is the item's own and p_j
 * the share of category j among all ratings; with equal numbers this is the formula as published.
 */
public final class FleissKappa {
  private FleissKappa() {}

  /** The kappa; NaN if all ratings are of one category or there is no item. */
  public static double of(Ratings ratings) {
    double[] counts = new double[ratings.categories()];
    double all = 0;
    double agreement = 0;
    for (int i = 0; i < ratings.size(); i++) {
      int[] item = ratings.item(i);
      int n = Ratings.total(item);
      double equal = 0;
      for (int j = 0; j < item.length; j++) {
        counts[j] += item[j];
        equal += item[j] * (item[j] - 1.0);
      }
      all += n;
      agreement += equal / (n * (n - 1.0));
    }
    double byChance = 0;
    for (double count : counts) {
      byChance += count / all * (count / all);
    }
    double observed = agreement / ratings.size();
    return byChance == 1 ? Double.NaN : (observed - byChance) / (1 - byChance);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.agreement;

/** The share of all pairs of ratings of the same item that are equal. */
public final class PercentAgreement {
  private PercentAgreement() {}

  /** The share in [0, 1]; NaN without any pair. */
  public static double of(Ratings ratings) {
    double equal = 0;
    double all = 0;
    for (int i = 0; i < ratings.size(); i++) {
      int[] item = ratings.item(i);
      int n = Ratings.total(item);
      for (int count : item) {
        equal += count * (count - 1.0);
      }
      all += n * (n - 1.0);
    }
    return equal / all;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How far two numbers order the same things alike: 1 for the same order, -1 for the reverse. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Kendall's tau-b: pairs that both order alike less those that they order differently, over the
   * geometric mean of the pairs that each orders; null where one orders nothing.
   */
  public static @Nullable Double kendall(double[] one, double[] other) {
    double both = 0;
    double ordered = 0;
    double orderedByOther = 0;
    for (int i = 0; i < one.length; i++) {
      for (int j = 0; j < i; j++) {
        double a = Math.signum(one[i] - one[j]);
        double b = Math.signum(other[i] - other[j]);
        both += a * b;
        ordered += a * a;
        orderedByOther += b * b;
      }
    }
    return ordered == 0 || orderedByOther == 0
        ? null
        : (Double) (both / StrictMath.sqrt(ordered * orderedByOther));
  }

  /** Spearman's rho: the correlation of the ranks, ties at their mean; null as above. */
  public static @Nullable Double spearman(double[] one, double[] other) {
    double[] a = ranks(one);
    double[] b = ranks(other);
    return Moments.sd(a) == 0 || Moments.sd(b) == 0 ? null : (Double) Moments.correlation(a, b);
  }

  /**
   * The share of pairs that {@code gold} orders and {@code scores} order alike, ties of it half.
   */
  public static @Nullable Double accuracy(double[] gold, double[] scores) {
    double right = 0;
    int ordered = 0;
    for (int i = 0; i < gold.length; i++) {
      for (int j = 0; j < i; j++) {
        double sign = Math.signum(gold[i] - gold[j]) * Math.signum(scores[i] - scores[j]);
        if (gold[i] != gold[j]) {
          ordered++;
          right += (1 + sign) / 2;
        }
      }
    }
    return ordered == 0 ? null : (Double) (right / ordered);
  }

  private static double[] ranks(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(
            i -> {
              double below = 0;
              for (double value : values) {
                below += value < values[i] ? 1 : value == values[i] ? .5 : 0;
              }
              return below;
            })
        .toArray();
  }
}

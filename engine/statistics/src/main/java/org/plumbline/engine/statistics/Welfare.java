// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import org.jspecify.annotations.Nullable;

/**
 * How well groups fare together, from what each of them gets.
 *
 * <p>With U the utilities, w the groups' shares and mean the weighted mean:
 *
 * <pre>{@code
 * Gini     = sum_ij w_i w_j |U_i - U_j| / (2 mean)
 * Nash     = exp( sum_i w_i log U_i )
 * Atkinson = 1 - Nash / mean                        (epsilon = 1)
 * }</pre>
 *
 * <p>Gini 1912; Nash 1950 (Kaneko and Nakamura 1979); Atkinson 1970. All three need utilities above
 * 0: they are null otherwise.
 *
 * @param mean weighted by the groups' shares
 * @param min of the group that fares worst
 * @param gap of the best from the worst
 * @param gini 0 if all fare alike
 * @param nash the weighted geometric mean: 0 as soon as one group gets nothing
 * @param atkinson the share of the mean that could be given up for equality
 */
public record Welfare(
    double mean,
    double min,
    double gap,
    @Nullable Double gini,
    @Nullable Double nash,
    @Nullable Double atkinson) {

  /**
   * The welfare of groups.
   *
   * @param utilities of each group; a group without people counts in the minimum and the gap
   * @param shares of each group, which add up to 1
   */
  public static Welfare of(double[] utilities, double[] shares) {
    double mean = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double logs = 0;
    double differences = 0;
    for (int i = 0; i < utilities.length; i++) {
      mean += shares[i] * utilities[i];
      min = Math.min(min, utilities[i]);
      max = Math.max(max, utilities[i]);
      logs += shares[i] == 0 ? 0 : shares[i] * StrictMath.log(utilities[i]);
      for (int j = 0; j < utilities.length; j++) {
        differences += shares[i] * shares[j] * Math.abs(utilities[i] - utilities[j]);
      }
    }
    boolean positive = min > 0;
    double nash = StrictMath.exp(logs);
    return new Welfare(
        mean,
        min,
        max - min,
        min >= 0 && mean > 0 ? (Double) (differences / (2 * mean)) : null,
        positive ? (Double) nash : null,
        positive ? (Double) (1 - nash / mean) : null);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What the best of n is worth on average, from more than n samples and without bias.
 *
 * <p>Of m samples in the order of their scores, the i-th (from 1) is the best of n that are drawn
 * without replacement with probability C(i - 1, n - 1) / C(m, n) (Nakano et al. 2021, "WebGPT",
 * arXiv:2112.09332, appendix I). Samples of equal score share their probabilities.
 */
public final class ExpectedBest {
  private ExpectedBest() {}

  /**
   * The mean worth of the sample of n with the highest score.
   *
   * @param worth of each sample
   * @param scores that the best is chosen by
   * @param n at most as many as there are samples
   */
  public static double of(double[] worth, double[] scores, int n) {
    int m = worth.length;
    if (n < 1 || n > m) {
      throw new IllegalArgumentException("best of " + n + " among " + m);
    }
    int[] order =
        IntStream.range(0, m)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double sum = 0;
    for (int from = 0; from < m; ) {
      int to = from;
      double tied = 0;
      double chance = 0;
      while (to < m && scores[order[to]] == scores[order[from]]) {
        tied += worth[order[to]];
        chance += chance(to + 1, n, m);
        to++;
      }
      sum += chance * tied / (to - from);
      from = to;
    }
    return sum;
  }

  /** C(i - 1, n - 1) / C(m, n) = n/m times the product of (i - k) / (m - k), k from 1 to n - 1. */
  private static double chance(int i, int n, int m) {
    double chance = n / (double) m;
    for (int k = 1; k < n; k++) {
      chance *= Math.max(0, i - k) / (double) (m - k);
    }
    return chance;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What taking the best of n samples does, in closed form.
 *
 * <p>Stiennon et al., "Learning to summarize from human feedback", 2020, arXiv:2009.01325, appendix
 * G.3, for the divergence; Nakano et al., "WebGPT", 2021, arXiv:2112.09332, and Gao et al. 2022,
 * arXiv:2210.10760, appendix I, for the estimator.
 */
public final class BestOf {
  private BestOf() {}

  /**
   * log n - (n - 1) / n: the divergence of best-of-n from what it samples where rewards have no
   * ties, else an upper bound of it (Beirami et al. 2024, arXiv:2401.01879).
   */
  public static double klBound(int n) {
    return StrictMath.log(n) - (n - 1.0) / n;
  }

  /**
   * The probability that each of several outcomes is the best of n draws: F_i^n - F_{i-1}^n with F
   * the distribution function in the order of the rewards, which must all differ.
   */
  public static double[] distribution(double[] probabilities, double[] rewards, int n) {
    int[] order = ascending(rewards);
    double[] best = new double[rewards.length];
    double below = 0;
    for (int outcome : order) {
      double upTo = below + probabilities[outcome];
      best[outcome] = StrictMath.pow(upTo, n) - StrictMath.pow(below, n);
      below = upTo;
    }
    return best;
  }

  /**
   * The expected gold reward of the best of n by the proxy, without bias, from N ≥ n samples of
   * which both are known: sum over i from n to N of C(i - 1, n - 1) / C(N, n) gold_(i), samples in
   * ascending order of the proxy; samples of equal proxy share their weights.
   */
  public static double expectedGold(double[] proxy, double[] gold, int n) {
    int[] order = ascending(proxy);
    double sum = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      double weight = 0;
      double tied = 0;
      while (to < order.length && proxy[order[to]] == proxy[order[from]]) {
        tied += gold[order[to]];
        to++;
        weight +=
            to < n ? 0 : StrictMath.exp(logBinomial(to - 1, n - 1) - logBinomial(order.length, n));
      }
      sum += weight * tied / (to - from);
      from = to;
    }
    return sum;
  }

  private static double logBinomial(int n, int k) {
    double sum = 0;
    for (int i = 1; i <= k; i++) {
      sum += StrictMath.log((double) (n - k + i) / i);
    }
    return sum;
  }

  private static int[] ascending(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(i -> i)
        .toArray();
  }
}

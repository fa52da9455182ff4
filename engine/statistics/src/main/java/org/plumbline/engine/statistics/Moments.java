// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.Arrays;

/**
 * Mean, standard deviation and trimmed mean of a sample, summed in the order of the array so that
 * equal numbers give equal bits.
 */
public final class Moments {

  private Moments() {}

  /** The sum, from left to right. */
  public static double sum(double[] xs) {
    double sum = 0;
    for (double x : xs) {
      sum += x;
    }
    return sum;
  }

  /** The mean; NaN of nothing. */
  public static double mean(double[] xs) {
    return sum(xs) / xs.length;
  }

  /** The variance with n, as of a whole population; NaN of nothing. */
  public static double populationVariance(double[] xs) {
    double mean = mean(xs);
    double squares = 0;
    for (double x : xs) {
      squares += (x - mean) * (x - mean);
    }
    return squares / xs.length;
  }

  /** The standard deviation with n, as of a whole population. */
  public static double populationDeviation(double[] xs) {
    return StrictMath.sqrt(populationVariance(xs));
  }

  /** The standard deviation with n − 1; 0 for one value. */
  public static double sd(double[] xs) {
    if (xs.length < 2) {
      return 0;
    }
    double mean = mean(xs);
    double sum = 0;
    for (double x : xs) {
      sum += (x - mean) * (x - mean);
    }
    return StrictMath.sqrt(sum / (xs.length - 1));
  }

  /** The correlation of two samples of the same things; not a number if one does not vary. */
  public static double correlation(double[] xs, double[] ys) {
    double meanX = mean(xs);
    double meanY = mean(ys);
    double products = 0;
    for (int i = 0; i < xs.length; i++) {
      products += (xs[i] - meanX) * (ys[i] - meanY);
    }
    return products / (xs.length - 1) / (sd(xs) * sd(ys));
  }

  /**
   * The interquartile mean: a quarter of the values is left out on each side (Agarwal et al., "Deep
   * reinforcement learning at the edge of the statistical precipice", 2021, arXiv:2108.13264).
   */
  public static double interquartileMean(double[] xs) {
    double[] sorted = xs.clone();
    Arrays.sort(sorted);
    int cut = xs.length / 4;
    return mean(Arrays.copyOfRange(sorted, cut, xs.length - cut));
  }
}

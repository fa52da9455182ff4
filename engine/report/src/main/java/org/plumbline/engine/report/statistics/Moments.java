package org.plumbline.engine.report.statistics;

import java.util.Arrays;

/** Mean, standard deviation and trimmed mean of a sample. */
public final class Moments {

  private Moments() {}

  /** The mean. */
  public static double mean(double[] xs) {
    double sum = 0;
    for (double x : xs) {
      sum += x;
    }
    return sum / xs.length;
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

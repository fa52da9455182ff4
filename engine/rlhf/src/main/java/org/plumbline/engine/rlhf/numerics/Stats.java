package org.plumbline.engine.rlhf.numerics;

/** Mean and spread, summed in the order of the array so that equal numbers give equal bits. */
public final class Stats {
  private Stats() {}

  /** The sum, from left to right. */
  public static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** The mean; NaN of nothing. */
  public static double mean(double[] values) {
    return sum(values) / values.length;
  }

  /** The population variance (divided by n); NaN of nothing. */
  public static double variance(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return squares / values.length;
  }

  /** The population standard deviation. */
  public static double deviation(double[] values) {
    return StrictMath.sqrt(variance(values));
  }
}

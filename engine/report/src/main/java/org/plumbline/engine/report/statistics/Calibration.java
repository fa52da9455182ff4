package org.plumbline.engine.report.statistics;

/** Whether probabilities mean what they say. */
public final class Calibration {

  private Calibration() {}

  /**
   * Expected calibration error over equal-width bins: Naeini, Cooper and Hauskrecht, "Obtaining
   * well calibrated probabilities using Bayesian binning", 2015.
   *
   * @param predicted probabilities
   * @param happened 1 or 0 for each
   */
  public static double expectedError(double[] predicted, double[] happened, int bins) {
    double[] sums = new double[bins];
    for (int i = 0; i < predicted.length; i++) {
      sums[Math.min(bins - 1, (int) (predicted[i] * bins))] += predicted[i] - happened[i];
    }
    double error = 0;
    for (double sum : sums) {
      error += Math.abs(sum) / predicted.length;
    }
    return error;
  }

  /** The mean squared error of probabilities (Brier 1950). */
  public static double brier(double[] predicted, double[] happened) {
    double sum = 0;
    for (int i = 0; i < predicted.length; i++) {
      sum += (predicted[i] - happened[i]) * (predicted[i] - happened[i]);
    }
    return sum / predicted.length;
  }
}

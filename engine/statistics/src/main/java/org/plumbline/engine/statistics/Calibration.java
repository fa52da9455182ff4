// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * How well predicted probabilities agree with what happened.
 *
 * <p>For preferences the predictions must be of pairs in random order: with the preferred answer
 * always first, calibration means nothing.
 *
 * @param ece expected calibration error in equal-width bins: sum over bins of n_b / n times |mean
 *     prediction - share that happened|
 * @param brier mean squared error of the predictions
 * @param logLoss mean negative log-likelihood, nats
 * @param bins how many bins
 * @param n how many predictions
 */
public record Calibration(double ece, double brier, double logLoss, int bins, int n) {

  /** Compares predictions with outcomes: 1, 0, or a share in between. */
  public static Calibration of(double[] predicted, double[] happened, int bins) {
    double[] sumPredicted = new double[bins];
    double[] sumHappened = new double[bins];
    double brier = 0;
    double logLoss = 0;
    for (int i = 0; i < predicted.length; i++) {
      double p = predicted[i];
      double y = happened[i];
      int bin = Math.min(bins - 1, (int) (p * bins));
      sumPredicted[bin] += p;
      sumHappened[bin] += y;
      brier += (p - y) * (p - y);
      logLoss -= term(y, p) + term(1 - y, 1 - p);
    }
    double ece = 0;
    for (int bin = 0; bin < bins; bin++) {
      ece += Math.abs(sumPredicted[bin] - sumHappened[bin]);
    }
    int n = predicted.length;
    return new Calibration(ece / n, brier / n, logLoss / n, bins, n);
  }

  private static double term(double share, double probability) {
    return share == 0 ? 0 : share * StrictMath.log(probability);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.ArrayList;
import java.util.List;

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
 * @param expectedEce what the calibration error of perfect predictions would be on average, if each
 *     outcome were one draw: with few predictions it is far from 0
 * @param points of the reliability curve, in the order of the bins; bins without predictions are
 *     left out
 */
public record Calibration(
    double ece,
    double brier,
    double logLoss,
    int bins,
    int n,
    double expectedEce,
    List<Point> points) {

  /** E|z| of a standard normal z. */
  private static final double MEAN_DEVIATION = StrictMath.sqrt(2 / Math.PI);

  public Calibration {
    points = List.copyOf(points);
  }

  /**
   * One bin of the reliability curve.
   *
   * @param n how many predictions fall into it
   * @param predicted their mean
   * @param happened the share that happened
   */
  public record Point(int n, double predicted, double happened) {}

  /** Compares predictions with outcomes: 1, 0, or a share in between. */
  public static Calibration of(double[] predicted, double[] happened, int bins) {
    double[] sumPredicted = new double[bins];
    double[] sumHappened = new double[bins];
    double[] variance = new double[bins];
    int[] counts = new int[bins];
    double brier = 0;
    double logLoss = 0;
    for (int i = 0; i < predicted.length; i++) {
      double p = predicted[i];
      double y = happened[i];
      int bin = Math.min(bins - 1, (int) (p * bins));
      counts[bin]++;
      sumPredicted[bin] += p;
      sumHappened[bin] += y;
      variance[bin] += p * (1 - p);
      brier += (p - y) * (p - y);
      logLoss -= term(y, p) + term(1 - y, 1 - p);
    }
    double ece = 0;
    double expected = 0;
    List<Point> points = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      ece += Math.abs(sumPredicted[bin] - sumHappened[bin]);
      expected += MEAN_DEVIATION * StrictMath.sqrt(variance[bin]);
      if (counts[bin] > 0) {
        points.add(
            new Point(
                counts[bin], sumPredicted[bin] / counts[bin], sumHappened[bin] / counts[bin]));
      }
    }
    int n = predicted.length;
    return new Calibration(ece / n, brier / n, logLoss / n, bins, n, expected / n, points);
  }

  private static double term(double share, double probability) {
    return share == 0 ? 0 : share * StrictMath.log(probability);
  }
}

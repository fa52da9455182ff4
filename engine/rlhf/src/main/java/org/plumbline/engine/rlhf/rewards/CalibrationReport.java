// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.artifact.RewardMeasures.Calibrated;
import org.plumbline.engine.artifact.RewardMeasures.CurvePoint;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Calibration;
import org.plumbline.engine.statistics.TemperatureScaling;
import org.plumbline.engine.statistics.Wilson;

/**
 * How far the probabilities of a reward model can be believed.
 *
 * <p>Each two answers are turned round at random first: with the preferred one always in front,
 * calibration would mean nothing. Scores that are no log-odds become some by one factor ({@link
 * TemperatureScaling}): for each half of the rows, the one that fits the other half.
 */
final class CalibrationReport {
  private static final int BINS = 10;

  /** Probabilities are kept so far from 0 and 1 where their log-odds are taken. */
  private static final double EDGE = 1e-9;

  private CalibrationReport() {}

  /**
   * Of predictions.
   *
   * @param probabilities that the first answer is preferred
   * @param targets whether it was: 1, 0, or a share in between
   */
  static Calibrated of(double[] probabilities, double[] targets, long seed) {
    double[] logOdds = new double[probabilities.length];
    for (int i = 0; i < logOdds.length; i++) {
      double p = Math.min(1 - EDGE, Math.max(EDGE, probabilities[i]));
      logOdds[i] = StrictMath.log(p / (1 - p));
    }
    double factor = TemperatureScaling.fit(logOdds, targets);
    return of(turned(probabilities, seed), turned(targets, seed), factor, false);
  }

  /**
   * Of orders that scores predict, each with the preferred answer first.
   *
   * @param gaps how much higher the preferred answer scores
   * @param halves which half of the rows each is in: those of one prompt are in one
   */
  static Calibrated ofGaps(double[] gaps, List<Boolean> halves, long seed) {
    double[] ones = new double[gaps.length];
    Arrays.fill(ones, 1);
    double all = fitted(gaps);
    double[] factors = {factor(gaps, halves, false), factor(gaps, halves, true)};
    double[] probabilities = new double[gaps.length];
    for (int i = 0; i < gaps.length; i++) {
      double other = halves.get(i) ? factors[0] : factors[1];
      probabilities[i] = TemperatureScaling.sigmoid(other * gaps[i]);
    }
    return of(turned(probabilities, seed), turned(ones, seed), all, true);
  }

  private static double factor(double[] gaps, List<Boolean> halves, boolean half) {
    double[] own = new double[gaps.length];
    int n = 0;
    for (int i = 0; i < gaps.length; i++) {
      if (halves.get(i) == half) {
        own[n] = gaps[i];
        n++;
      }
    }
    return n == 0 ? 1 : fitted(Arrays.copyOf(own, n));
  }

  /**
   * The factor of orders, each of which counts as right {@code (n + 1) / (n + 2)} times (Platt,
   * "Probabilistic outputs for support vector machines", 1999, section 2.2): where all scores point
   * the right way, none is the best otherwise, and the first order that they get wrong would cost
   * infinitely much.
   */
  private static double fitted(double[] gaps) {
    double[] targets = new double[gaps.length];
    Arrays.fill(targets, (gaps.length + 1.0) / (gaps.length + 2));
    return TemperatureScaling.fit(gaps, targets);
  }

  private static Calibrated of(
      double[] predicted, double[] happened, double factor, boolean fitted) {
    Calibration calibration = Calibration.of(predicted, happened, BINS);
    return new Calibrated(
        calibration.n(),
        calibration.ece(),
        calibration.bins(),
        calibration.expectedEce(),
        calibration.brier(),
        calibration.logLoss(),
        factor,
        fitted,
        calibration.points().stream().map(CalibrationReport::point).toList());
  }

  private static CurvePoint point(Calibration.Point point) {
    Bounds bounds = Wilson.interval(point.happened(), point.n(), Wilson.Z95);
    return new CurvePoint(
        point.n(), point.predicted(), point.happened(), bounds.low(), bounds.high());
  }

  /** The same numbers, those of the answers that are turned round at random subtracted from 1. */
  private static double[] turned(double[] values, long seed) {
    RandomStream coin = RandomStream.of(seed, RandomPurpose.BOOTSTRAP, RandomPurpose.EVALUATION);
    double[] turned = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i] = coin.uniform(i) < 0.5 ? 1 - values[i] : values[i];
    }
    return turned;
  }
}

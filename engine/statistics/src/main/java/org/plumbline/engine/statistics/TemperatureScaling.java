// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.Arrays;

/**
 * The one factor on log-odds that makes predictions most probable.
 *
 * <p>Guo et al., "On Calibration of Modern Neural Networks", 2017, arXiv:1706.04599, section 4.2,
 * with the factor in place of its reciprocal, the temperature:
 *
 * <pre>{@code
 * rho = argmin - sum [ y log sigmoid(rho d) + (1 - y) log sigmoid(-rho d) ]
 * }</pre>
 *
 * <p>The sum is convex in rho; Newton's method with halved steps finds it. Below 1 predictions are
 * too sure, above 1 not sure enough. Where all differences point the right way no factor is large
 * enough, so it is at most {@link #MOST}; it is at least 0, a coin.
 */
public final class TemperatureScaling {
  /** The largest factor. */
  public static final double MOST = 1000;

  private static final int STEPS = 100;
  private static final double CLOSE = 1e-10;

  private TemperatureScaling() {}

  /**
   * The factor.
   *
   * @param logOdds of what is predicted
   * @param happened 1, 0, or a share in between
   */
  public static double fit(double[] logOdds, double[] happened) {
    double rho = 1;
    for (int step = 0; step < STEPS; step++) {
      double slope = 0;
      double bend = 0;
      for (int i = 0; i < logOdds.length; i++) {
        double p = sigmoid(rho * logOdds[i]);
        slope += (p - happened[i]) * logOdds[i];
        bend += p * (1 - p) * logOdds[i] * logOdds[i];
      }
      if (bend == 0 && slope == 0) {
        // All differences are 0, or all are so large that nothing is left to gain.
        return rho == 1 && Arrays.stream(logOdds).allMatch(d -> d == 0) ? 1 : MOST;
      }
      double next = bend > 0 ? rho - slope / bend : slope < 0 ? MOST : 0;
      // Far from the optimum a full step overshoots.
      next = Math.min(Math.min(MOST, 2 * rho + 1), Math.max(next, slope > 0 ? rho / 4 : 0));
      if (next < CLOSE && slope > 0) {
        return 0;
      }
      if (Math.abs(next - rho) <= CLOSE * Math.max(1, rho)) {
        return next;
      }
      rho = next;
    }
    return rho;
  }

  /** 1 / (1 + exp(-x)). */
  public static double sigmoid(double x) {
    double small = StrictMath.exp(-Math.abs(x));
    return (x >= 0 ? 1 : small) / (1 + small);
  }
}

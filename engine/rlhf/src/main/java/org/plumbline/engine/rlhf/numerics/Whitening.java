// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import org.plumbline.engine.statistics.Moments;

/**
 * Shifts and scales numbers to mean 0 and variance 1.
 *
 * <p>The variance is the population's (divided by n), as in Ziegler et al. 2019's code; other
 * libraries divide by n - 1.
 */
public final class Whitening {

  /** 1e-8: what the code of Ziegler et al. 2019 adds to the variance. */
  private static final double EPSILON = 1e-8;

  private Whitening() {}

  /** The numbers with mean 0 and variance 1; equal numbers become zeros. */
  public static double[] whiten(double[] values) {
    return scaled(values, 0);
  }

  /** The numbers with variance 1 and the mean that they had. */
  public static double[] keepMean(double[] values) {
    return scaled(values, Moments.mean(values));
  }

  private static double[] scaled(double[] values, double newMean) {
    double mean = Moments.mean(values);
    double scale = 1 / StrictMath.sqrt(Moments.populationVariance(values) + EPSILON);
    double[] white = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      white[i] = (values[i] - mean) * scale + newMean;
    }
    return white;
  }
}

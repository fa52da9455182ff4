// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import org.plumbline.engine.statistics.Moments;

/**
 * Mean and variance of numbers that come in batches.
 *
 * <p>Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for computing sample
 * variances", 1979, equation 2.1.
 *
 * @param count numbers so far
 * @param mean of them
 * @param squares the sum of their squared distances from the mean
 */
public record RunningMoments(double count, double mean, double squares) {
  /** Of nothing. */
  public static final RunningMoments NONE = new RunningMoments(0, 0, 0);

  /** With some numbers more. */
  public RunningMoments and(double[] batch) {
    if (batch.length == 0) {
      return this;
    }
    double batchMean = Moments.mean(batch);
    double all = count + batch.length;
    double moved = batchMean - mean;
    return new RunningMoments(
        all,
        mean + moved * batch.length / all,
        squares
            + Moments.populationVariance(batch) * batch.length
            + moved * moved * count * batch.length / all);
  }

  /** The standard deviation with n, as of a whole population; 0 of nothing. */
  public double deviation() {
    return count == 0 ? 0 : StrictMath.sqrt(squares / count);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * The mean of one number per seed, of which it is known how uncertain each is by itself: shares of
 * comparisons that every seed drew anew.
 *
 * @param value the mean
 * @param between its variance, by the differences of the seeds
 * @param within what of that is explained by what is within the seeds
 * @param seeds how many
 */
public record SeedMeans(double value, double between, double within, int seeds)
    implements Estimate {

  /** From each seed's number and the variance of that number. */
  public static SeedMeans of(double[] values, double[] variances) {
    int seeds = values.length;
    double sd = Moments.sd(values);
    double within = Moments.sum(variances) / ((double) seeds * seeds);
    return new SeedMeans(Moments.mean(values), sd * sd / seeds, within, seeds);
  }

  @Override
  public Halves halves(Reach reach, double alpha) {
    double normal = Double.POSITIVE_INFINITY;
    if (reach == Reach.POLICIES || seeds == 1) {
      return new Halves(StudentT.twoSided(alpha, normal) * StrictMath.sqrt(within), 0);
    }
    return Tempered.of(alpha, seeds, new Tempered.Parts(between, within, normal));
  }
}

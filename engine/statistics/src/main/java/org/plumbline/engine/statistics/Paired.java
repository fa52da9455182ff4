// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * Two recipes over the same seeds, without any assumption of how seeds are spread.
 *
 * <p>The test is the exact one of Fisher, "The Design of Experiments", 1935, section 21: if nothing
 * told the recipes apart, every difference could as well have the other sign. The interval is the
 * percentile bootstrap of the mean difference over seeds (Efron 1979). The share of pairs that one
 * wins is the probability of improvement of Agarwal et al., "Deep Reinforcement Learning at the
 * Edge of the Statistical Precipice", NeurIPS 2021, arXiv:2108.13264, section 4.3.
 *
 * <p>Choices the papers leave open: up to 16 seeds all signs are tried, up to 7 all resamples are
 * (n^n of them); beyond, as many as 50,000 are drawn.
 *
 * @param difference mean of the differences
 * @param interval its 95 % interval; by nature too narrow with few seeds
 * @param p of the two-sided sign-flip test
 * @param improves share of all pairs of a seed of one and a seed of the other in which the first is
 *     higher, ties half
 */
public record Paired(double difference, Bounds interval, double p, double improves) {

  private static final int ALL_SIGNS = 16;
  private static final int ALL_RESAMPLES = 7;
  private static final int DRAWS = 50_000;
  private static final double ROUNDING = 1e-12;

  /** Compares two recipes, {@code own[i]} and {@code other[i]} being of one seed. */
  public static Paired of(double[] own, double[] other, SplitMix64 random) {
    double[] differences = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      differences[i] = own[i] - other[i];
    }
    return new Paired(
        Moments.mean(differences),
        Quantile.middle95(resampledMeans(differences, random)),
        signFlips(differences, random),
        improves(own, other));
  }

  /** The smallest p that a two-sided sign-flip test of n differences can give. */
  public static double smallestP(int n) {
    return StrictMath.pow(2, 1 - n);
  }

  private static double improves(double[] own, double[] other) {
    double higher = 0;
    for (double mine : own) {
      for (double theirs : other) {
        higher += mine > theirs ? 1 : mine == theirs ? 0.5 : 0;
      }
    }
    return higher / (own.length * (double) other.length);
  }

  private static double signFlips(double[] differences, SplitMix64 random) {
    int n = differences.length;
    boolean all = n <= ALL_SIGNS;
    int tries = all ? 1 << n : DRAWS;
    double size = 0;
    for (double difference : differences) {
      size += Math.abs(difference);
    }
    double seen = Math.abs(Moments.sum(differences)) - ROUNDING * size;
    int asFar = all ? 0 : 1; // of drawn signs, those that were seen count too
    for (int t = 0; t < tries; t++) {
      long signs = all ? t : 0;
      double sum = 0;
      for (int i = 0; i < n; i++) {
        if (!all && i % Long.SIZE == 0) {
          signs = random.nextLong();
        }
        sum += (signs >>> (i % Long.SIZE) & 1) == 0 ? differences[i] : -differences[i];
      }
      asFar += Math.abs(sum) >= seen ? 1 : 0;
    }
    return asFar / (double) (all ? tries : tries + 1);
  }

  private static double[] resampledMeans(double[] values, SplitMix64 random) {
    int n = values.length;
    boolean all = n <= ALL_RESAMPLES;
    double[] means = new double[all ? (int) Math.round(StrictMath.pow(n, n)) : DRAWS];
    for (int r = 0; r < means.length; r++) {
      int rest = r;
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += values[all ? rest % n : random.bounded(n)];
        rest /= n;
      }
      means[r] = sum / n;
    }
    return means;
  }
}

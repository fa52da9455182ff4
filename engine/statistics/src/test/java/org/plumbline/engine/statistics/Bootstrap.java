// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.function.ToDoubleFunction;

/**
 * The percentile bootstrap (Efron 1979).
 *
 * <p>Over items for a plain sample; over seeds and prompts, each resampled with replacement, for a
 * crossed table: Owen, "The pigeonhole bootstrap", 2007, arXiv:0712.1111.
 */
public final class Bootstrap {

  private Bootstrap() {}

  /** The 95 % interval of the mean of a sample, resampled {@code times} times. */
  public static Bounds ofMean(double[] sample, int times, SplitMix64 random) {
    double[] draws = new double[times];
    for (int b = 0; b < times; b++) {
      draws[b] = resampledMean(sample, random);
    }
    return Quantile.middle95(draws);
  }

  static double resampledMean(double[] sample, SplitMix64 random) {
    double sum = 0;
    for (int i = 0; i < sample.length; i++) {
      sum += sample[random.bounded(sample.length)];
    }
    return sum / sample.length;
  }

  /**
   * Values of a statistic on resampled tables.
   *
   * @param size how many seeds and prompts there are
   */
  public static double[] crossed(
      Weights size, int times, SplitMix64 random, ToDoubleFunction<Weights> statistic) {
    double[] draws = new double[times];
    for (int b = 0; b < times; b++) {
      draws[b] = statistic.applyAsDouble(size.resample(random));
    }
    return draws;
  }

  /**
   * How often each seed and each prompt was drawn.
   *
   * @param seeds one count per seed
   * @param prompts one count per prompt
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; made once per resample
  public record Weights(int[] seeds, int[] prompts) {

    /** Everything once. */
    public static Weights ones(int seeds, int prompts) {
      int[] s = new int[seeds];
      int[] p = new int[prompts];
      java.util.Arrays.fill(s, 1);
      java.util.Arrays.fill(p, 1);
      return new Weights(s, p);
    }

    /** New counts: as many seeds and prompts as here, drawn with replacement. */
    public Weights resample(SplitMix64 random) {
      return new Weights(drawn(seeds.length, random), drawn(prompts.length, random));
    }

    private static int[] drawn(int n, SplitMix64 random) {
      int[] counts = new int[n];
      for (int i = 0; i < n; i++) {
        counts[random.bounded(n)]++;
      }
      return counts;
    }
  }
}

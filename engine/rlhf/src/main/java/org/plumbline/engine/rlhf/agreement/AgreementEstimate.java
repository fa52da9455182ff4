// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.agreement;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.statistics.Quantile;

/**
 * A statistic of ratings with a 95 % interval.
 *
 * <p>The interval is the percentile bootstrap over items (not over single ratings, which are not
 * independent), with linear interpolation between order statistics (type 7 of Hyndman and Fan
 * 1996). Resamples of which the statistic is undefined are left out.
 *
 * @param value the statistic; NaN if it is undefined
 * @param low the interval's lower end; NaN if it is undefined
 * @param high the interval's upper end; NaN if it is undefined
 */
public record AgreementEstimate(double value, double low, double high) {
  private static final int RESAMPLES = 1000;

  /** Estimates a statistic; equal seeds give equal intervals. */
  public static AgreementEstimate of(
      Ratings ratings, ToDoubleFunction<Ratings> statistic, long seed) {
    return drawn(
        statistic.applyAsDouble(ratings),
        ratings.size(),
        which -> statistic.applyAsDouble(ratings.resampled(which)),
        seed);
  }

  /** Estimates a statistic of so many items, each of which counts a number of times. */
  static AgreementEstimate of(int items, ToDoubleFunction<int[]> statistic, long seed) {
    int[] once = new int[items];
    Arrays.fill(once, 1);
    return drawn(
        statistic.applyAsDouble(once),
        items,
        which -> {
          int[] times = new int[items];
          for (int item : which) {
            times[item]++;
          }
          return statistic.applyAsDouble(times);
        },
        seed);
  }

  private static AgreementEstimate drawn(
      double value, int items, ToDoubleFunction<int[]> resampled, long seed) {
    double[] values = new double[RESAMPLES];
    int defined = 0;
    for (int r = 0; r < RESAMPLES; r++) {
      RandomSequence draws = RandomStream.of(seed, RandomPurpose.BOOTSTRAP, r).sequence();
      int[] which = new int[items];
      for (int i = 0; i < items; i++) {
        which[i] = draws.bounded(items);
      }
      double again = resampled.applyAsDouble(which);
      if (!Double.isNaN(again)) {
        values[defined++] = again;
      }
    }
    double[] sorted = Arrays.copyOf(values, defined);
    Arrays.sort(sorted);
    return new AgreementEstimate(value, quantile(sorted, 0.025), quantile(sorted, 0.975));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : Quantile.ofSorted(sorted, share);
  }

  /** The number as it is kept; null if it is undefined. */
  public @Nullable ValueWithInterval kept() {
    return Double.isNaN(value) ? null : new ValueWithInterval(value, low, high);
  }
}

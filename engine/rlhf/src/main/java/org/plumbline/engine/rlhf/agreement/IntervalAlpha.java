// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Krippendorff's alpha of numbers, of which no two need be equal: that of {@link KrippendorffAlpha}
 * with the interval metric, without a matrix of coincidences.
 *
 * <p>Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011). With d = c - k, the sums
 * over pairs of ratings are sums of squares about a mean:
 *
 * <pre>{@code
 * sum_{i != j in u} (x_i - x_j)^2 = 2 m_u SS_u,   SS_u = sum_i (x_i - mean_u)^2
 * D_o = (1 / n) sum_u 2 m_u SS_u / (m_u - 1),     D_e = 2 n SS / (n (n - 1)),   alpha = 1 - D_o / D_e
 * }</pre>
 *
 * <p>where u runs over items with m_u ≥ 2 ratings, n is the number of their ratings and SS their
 * sum of squares about the mean of all.
 */
public final class IntervalAlpha {
  private final List<Sums> sums = new ArrayList<>();

  /** Of an item: how many ratings, their sum, and their squares about their own mean. */
  private record Sums(double ratings, double sum, double within) {}

  /** Ratings by item; items with fewer than two say nothing about agreement and are left out. */
  public IntervalAlpha(List<double[]> ratings) {
    List<double[]> items = ratings.stream().filter(item -> item.length >= 2).toList();
    double centre = mean(items.stream().flatMapToDouble(Arrays::stream).toArray());
    for (double[] item : items) {
      double mean = mean(item);
      double within = 0;
      for (double rating : item) {
        within += (rating - mean) * (rating - mean);
      }
      // About the mean of all, so that no digits are lost where ratings are far from 0.
      sums.add(new Sums(item.length, item.length * (mean - centre), within));
    }
  }

  /** The alpha with its interval; NaN if all ratings are equal or there is no item. */
  public AgreementEstimate estimate(long seed) {
    return AgreementEstimate.of(sums.size(), this::of, seed);
  }

  /** The alpha where each item counts so many times. */
  private double of(int[] times) {
    double n = 0;
    double sum = 0;
    double squares = 0;
    double observed = 0;
    for (int u = 0; u < times.length; u++) {
      Sums item = sums.get(u);
      n += times[u] * item.ratings;
      sum += times[u] * item.sum;
      squares += times[u] * (item.within + item.sum * item.sum / item.ratings);
      observed += times[u] * 2 * item.ratings * item.within / (item.ratings - 1);
    }
    double expected = 2 * n * (squares - sum * sum / n) / (n * (n - 1));
    return expected > 0 ? 1 - observed / n / expected : Double.NaN;
  }

  private static double mean(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }
}

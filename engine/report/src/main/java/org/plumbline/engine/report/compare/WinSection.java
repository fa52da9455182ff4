package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.WinRates;
import org.plumbline.engine.report.statistics.Bootstrap.Weights;
import org.plumbline.engine.report.statistics.Bounds;
import org.plumbline.engine.report.statistics.BradleyTerry;
import org.plumbline.engine.report.statistics.Quantile;
import org.plumbline.engine.report.statistics.SplitMix64;
import org.plumbline.engine.report.statistics.WinRate;

/**
 * Every recipe against every other.
 *
 * <p>Intervals of the ratings resample seeds and prompts, both with replacement, 500 times. With
 * few seeds that are very different they are too narrow; the win rates themselves are not (see
 * {@link org.plumbline.engine.report.statistics.Crossed}).
 */
final class WinSection {

  private static final int RESAMPLES = 500;

  private final List<String> recipes;
  private final double[][][][] wins; // [row][column][seed][prompt]
  private final String by;
  private final long seed;

  private WinSection(Map<String, double[][]> worths, String by, long seed) {
    this.recipes = List.copyOf(worths.keySet());
    this.by = by;
    this.seed = seed;
    List<double[][]> tables = List.copyOf(worths.values());
    wins = new double[recipes.size()][recipes.size()][][];
    for (int i = 0; i < tables.size(); i++) {
      for (int j = 0; j < tables.size(); j++) {
        wins[i][j] = WinRate.of(tables.get(i), tables.get(j));
      }
    }
  }

  /**
   * The section; null for fewer than two recipes.
   *
   * @param worths what decides who wins, per recipe
   */
  static @Nullable WinRates of(Map<String, double[][]> worths, String by, long seed) {
    return worths.size() < 2 ? null : new WinSection(worths, by, seed).section();
  }

  private WinRates section() {
    List<WinRates.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < wins.length; i++) {
      for (int j = 0; j < wins.length; j++) {
        if (i != j) {
          Measure measure = Measure.mean(wins[i][j]);
          int ties = WinRate.ties(wins[i][j]);
          pairs.add(
              new WinRates.Pair(
                  recipes.get(i), recipes.get(j), measure.interval(true), ties, measure.n()));
        }
      }
    }
    return new WinRates(by, pairs, ranking());
  }

  private List<WinRates.Rank> ranking() {
    int k = recipes.size();
    Weights ones = Weights.ones(wins[0][0].length, wins[0][0][0].length);
    double[] point = BradleyTerry.ratings(BradleyTerry.fit(matrix(ones)));
    SplitMix64 random = SplitMix64.stream(seed, "ranking");
    double[][] draws = new double[k][RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      double[] drawn = BradleyTerry.ratings(BradleyTerry.fit(matrix(ones.resample(random))));
      for (int i = 0; i < k; i++) {
        draws[i][b] = drawn[i];
      }
    }
    List<Interval> ratings = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      Bounds bounds = Quantile.middle95(draws[i]);
      ratings.add(new Interval(point[i], bounds.low(), bounds.high()));
    }
    List<WinRates.Rank> out = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      int above = 0;
      int below = 0;
      for (int j = 0; j < k; j++) {
        above += apart(ratings.get(j), ratings.get(i)) ? 1 : 0;
        below += apart(ratings.get(i), ratings.get(j)) ? 1 : 0;
      }
      out.add(new WinRates.Rank(recipes.get(i), ratings.get(i), above + 1, k - below));
    }
    out.sort(Comparator.comparingDouble((WinRates.Rank r) -> -r.rating().value()));
    return out;
  }

  /** Whether the whole of {@code one} lies above the whole of {@code other}. */
  private static boolean apart(Interval one, Interval other) {
    Double high = other.high();
    return high != null && one.above(high);
  }

  private double[][] matrix(Weights weights) {
    double[][] sums = new double[wins.length][wins.length];
    for (int i = 0; i < wins.length; i++) {
      for (int j = 0; j < i; j++) {
        double won = 0;
        double met = 0;
        for (int s = 0; s < weights.seeds().length; s++) {
          for (int p = 0; weights.seeds()[s] > 0 && p < weights.prompts().length; p++) {
            double weight = weights.seeds()[s] * (double) weights.prompts()[p];
            won += weight * wins[i][j][s][p];
            met += weight;
          }
        }
        sums[i][j] = won;
        sums[j][i] = met - won;
      }
    }
    return sums;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.WinRates;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.BradleyTerryRating;
import org.plumbline.engine.statistics.Domain;
import org.plumbline.engine.statistics.Elo;
import org.plumbline.engine.statistics.Estimate;
import org.plumbline.engine.statistics.Holm;
import org.plumbline.engine.statistics.Reach;
import org.plumbline.engine.statistics.SplitMix64;
import org.plumbline.engine.statistics.TwoWayAnova;
import org.plumbline.engine.statistics.WinRate;

/**
 * Every recipe against every other, and the Bradley–Terry ranking; all intervals allow for other
 * seeds and other prompts (see {@link TwoWayAnova}). A place is held against another only if the
 * paired difference of the two ratings is shown, corrected for the number of pairs.
 */
final class WinSection {

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
   * @param seed what orders of games are drawn by
   */
  static @Nullable WinRates of(Map<String, double[][]> worths, String by, long seed) {
    return worths.size() < 2 ? null : new WinSection(worths, by, seed).section();
  }

  private WinRates section() {
    int k = recipes.size();
    List<Double> each = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      for (int j = i + 1; j < k; j++) {
        each.add(TwoWayAnova.mean(wins[i][j]).p(Reach.RECIPE, Domain.SHARE, 0.5));
      }
    }
    double[][] p = adjusted(each);
    List<WinRates.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        if (i != j) {
          Measure measure = Measure.mean(wins[i][j]);
          Interval rate = measure.interval(Domain.SHARE);
          int ties = WinRate.ties(wins[i][j]);
          pairs.add(
              new WinRates.Pair(recipes.get(i), recipes.get(j), rate, ties, measure.n(), p[i][j]));
        }
      }
    }
    return new WinRates(by, pairs, ranking());
  }

  private double[][] adjusted(List<Double> each) {
    double[] plain = each.stream().mapToDouble(Double::doubleValue).toArray();
    return BestSet.square(recipes.size(), Holm.adjust(plain));
  }

  private List<WinRates.Rank> ranking() {
    int k = recipes.size();
    double[] strengths = BradleyTerryRating.fit(totals());
    double[][][] pseudo = BradleyTerryRating.pseudoValues(strengths, wins);
    double[] ratings = BradleyTerryRating.ratings(strengths);
    List<Double> each = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      for (int j = i + 1; j < k; j++) {
        each.add(lead(strengths[i] - strengths[j], pseudo[i], pseudo[j]));
      }
    }
    double[][] p = adjusted(each);
    double[] elo = Elo.median(k, games(), SplitMix64.stream(seed, "elo"));
    List<WinRates.Rank> out = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      Bounds strength =
          TwoWayAnova.around(strengths[i], pseudo[i]).interval(Reach.RECIPE, Domain.REAL);
      double low = 1000 + BradleyTerryRating.RATING_SCALE * strength.low();
      double high = 1000 + BradleyTerryRating.RATING_SCALE * strength.high();
      int above = 0;
      int below = 0;
      for (int j = 0; j < k; j++) {
        boolean apart = i != j && p[i][j] <= Estimate.ALPHA;
        above += apart && strengths[j] > strengths[i] ? 1 : 0;
        below += apart && strengths[j] < strengths[i] ? 1 : 0;
      }
      Interval rating = new Interval(ratings[i], low, high);
      out.add(new WinRates.Rank(recipes.get(i), rating, above + 1, k - below, elo[i]));
    }
    out.sort(Comparator.comparingDouble((WinRates.Rank r) -> -r.rating().value()));
    return out;
  }

  private static double lead(double value, double[][] one, double[][] other) {
    double[][] difference = new double[one.length][one[0].length];
    for (int s = 0; s < one.length; s++) {
      for (int p = 0; p < one[s].length; p++) {
        difference[s][p] = one[s][p] - other[s][p];
      }
    }
    return TwoWayAnova.around(value, difference).p(Reach.RECIPE, Domain.REAL, 0);
  }

  /** Every pair over every prompt of every seed, once. */
  private List<Elo.Game> games() {
    List<Elo.Game> games = new ArrayList<>();
    for (int i = 0; i < wins.length; i++) {
      for (int j = i + 1; j < wins.length; j++) {
        for (double[] row : wins[i][j]) {
          for (double won : row) {
            games.add(new Elo.Game(i, j, won));
          }
        }
      }
    }
    return games;
  }

  private double[][] totals() {
    double[][] sums = new double[wins.length][wins.length];
    for (int i = 0; i < wins.length; i++) {
      for (int j = 0; j < wins.length; j++) {
        for (double[] row : wins[i][j]) {
          for (double win : row) {
            sums[i][j] += i == j ? 0 : win;
          }
        }
      }
    }
    return sums;
  }
}

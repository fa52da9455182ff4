// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * How often the 95 % intervals that are printed hold the true value, by simulation with the code
 * that makes them.
 */
final class Coverage {

  private static final int PROMPTS = 200;

  private Coverage() {}

  /** One drawn estimate with the truth that it is of. */
  record Drawn(Estimate estimate, double truth) {}

  /** Makes one estimate from chance. */
  interface Draw {
    Drawn of(Tables tables, SplittableRandom random);
  }

  /** A kind of interval. */
  record Kind(String name, Domain domain, Draw draw) {}

  static final List<Kind> KINDS =
      List.of(
          new Kind("mean, difference", Domain.REAL, Coverage::mean),
          new Kind("win rate", Domain.SHARE, (t, r) -> wins(t, r, 0.5)),
          new Kind("rare share", Domain.SHARE, (t, r) -> wins(t, r, -2)),
          new Kind("length, KL, entropy", Domain.POSITIVE, Coverage::positive),
          new Kind("score", Domain.REAL, Coverage::score),
          new Kind("gap", Domain.REAL, Coverage::gap),
          new Kind("win rate, equal length", Domain.SHARE, Coverage::equalLength),
          new Kind("worst group", Domain.SHARE, Coverage::worstGroup),
          new Kind("distinct", Domain.SHARE, Coverage::distinct),
          new Kind("rating", Domain.REAL, Coverage::rating),
          new Kind("reward accuracy", Domain.SHARE, Coverage::accuracy));

  /**
   * The share of intervals that hold the truth. Where the truth of a kind is not known by
   * calculation it is the mean of the estimates.
   */
  static double of(Kind kind, Tables tables, int times, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      drawn.add(kind.draw.of(tables, random));
    }
    double mean = drawn.stream().mapToDouble(d -> d.estimate.value()).average().orElseThrow();
    int covered = 0;
    for (Drawn d : drawn) {
      double truth = Double.isNaN(d.truth) ? mean : d.truth;
      covered += d.estimate.interval(Reach.RECIPE, kind.domain).contains(truth) ? 1 : 0;
    }
    return covered / (double) times;
  }

  /**
   * The table of one kind, in Markdown: a line per number of seeds, a column per kind of chance.
   */
  static String row(Kind kind, int seeds, int times) {
    StringBuilder out = new StringBuilder("| " + kind.name + " | " + seeds + " |");
    for (double prompt : new double[] {0, 1}) {
      for (double seed : new double[] {0, 0.1, 0.3, 1}) {
        Tables tables = new Tables(seeds, PROMPTS, seed, prompt);
        out.append(String.format(Locale.ROOT, " %.1f |", 100 * of(kind, tables, times, 11)));
      }
    }
    return out.toString();
  }

  private static Drawn mean(Tables tables, SplittableRandom random) {
    return new Drawn(TwoWayAnova.mean(tables.draw(random)), 0);
  }

  private static Drawn wins(Tables tables, SplittableRandom random, double lead) {
    double[][] wins = each(tables.draw(random), x -> x + lead > 0 ? 1 : 0);
    return new Drawn(TwoWayAnova.mean(wins), Normal.below(lead / tables.sd()));
  }

  /** Log-normal values, as lengths and divergences are: never below 0 and skewed. */
  private static Drawn positive(Tables tables, SplittableRandom random) {
    double[][] values = each(tables.draw(random), x -> StrictMath.exp(0.5 * x));
    return new Drawn(TwoWayAnova.mean(values), StrictMath.exp(tables.sd() * tables.sd() / 8));
  }

  /**
   * A recipe that is 2 higher than the reference, whose scores have standard deviation 1 and more.
   */
  private static Drawn score(Tables tables, SplittableRandom random) {
    double[][] own = tables.draw(random);
    double[][] pseudo = new double[own.length][];
    double[] perSeed = new double[own.length];
    double[] prompt = normals(own[0].length, random);
    for (int s = 0; s < own.length; s++) {
      double[] base = normals(prompt.length, random);
      for (int p = 0; p < prompt.length; p++) {
        base[p] += prompt[p];
        own[s][p] += prompt[p] + 2 * StrictMath.sqrt(2);
      }
      PseudoValues lead = Standardised.lead(own[s], base);
      perSeed[s] = lead.value();
      pseudo[s] = lead.values();
    }
    return new Drawn(TwoWayAnova.around(Moments.mean(perSeed), pseudo), 2);
  }

  /**
   * A recipe whose score is 2 higher and whose gold is as its score promises but for its effects.
   */
  private static Drawn gap(Tables tables, SplittableRandom random) {
    double[][] effect = tables.draw(random);
    double[][] pseudo = new double[effect.length][];
    double[] perSeed = new double[effect.length];
    for (int s = 0; s < effect.length; s++) {
      int n = effect[s].length;
      double[][] base = {normals(n, random), normals(n, random)};
      double[][] own = {normals(n, random), new double[n]};
      for (int p = 0; p < n; p++) {
        base[1][p] += 0.6 * base[0][p];
        own[0][p] += 2;
        own[1][p] = 0.6 * own[0][p] + effect[s][p];
      }
      PseudoValues gap = Standardised.shortfall(own, base);
      perSeed[s] = gap.value();
      pseudo[s] = gap.values();
    }
    return new Drawn(TwoWayAnova.around(Moments.mean(perSeed), pseudo), 0);
  }

  private static Drawn equalLength(Tables tables, SplittableRandom random) {
    double[][] lead = tables.draw(random);
    double[][] pseudo = new double[lead.length][];
    double[] perSeed = new double[lead.length];
    for (int s = 0; s < lead.length; s++) {
      double[] longer = normals(lead[s].length, random);
      double[] wins = new double[longer.length];
      for (int p = 0; p < wins.length; p++) {
        longer[p] = 3 * longer[p] + 2;
        wins[p] = lead[s][p] + 0.3 * longer[p] > 0.2 ? 1 : 0;
      }
      perSeed[s] = LengthControlled.fit(wins, longer).winRate();
      pseudo[s] = LengthControlled.pseudoValues(wins, longer);
    }
    return new Drawn(TwoWayAnova.around(Moments.mean(perSeed), pseudo), Double.NaN);
  }

  /** Three groups that see all alike: the worst one's win rate is everybody's. */
  private static Drawn worstGroup(Tables tables, SplittableRandom random) {
    double[][] common = tables.draw(random);
    double[][][] groups = new double[3][][];
    for (int g = 0; g < groups.length; g++) {
      groups[g] = each(common, x -> x + random.nextGaussian() > -0.5 ? 1 : 0);
    }
    double sd = StrictMath.sqrt(tables.sd() * tables.sd() + 1);
    return new Drawn(TwoWayAnova.mean(WorstGroup.crossFitted(groups)), Normal.below(0.5 / sd));
  }

  /** Texts of five words out of a vocabulary that the effects make larger or smaller. */
  private static Drawn distinct(Tables tables, SplittableRandom random) {
    double[][] effect = tables.draw(random);
    double[][] pseudo = new double[effect.length][];
    double[] perSeed = new double[effect.length];
    for (int s = 0; s < effect.length; s++) {
      List<List<String>> texts = new ArrayList<>();
      for (double x : effect[s]) {
        List<String> words = new ArrayList<>();
        for (int w = 0; w < 5; w++) {
          words.add("w" + (int) (600 * StrictMath.exp(0.3 * x) * random.nextDouble()));
        }
        texts.add(words);
      }
      PseudoValues distinct = Diversity.distinctPseudoValues(texts, 1);
      perSeed[s] = distinct.value();
      pseudo[s] = distinct.values();
    }
    return new Drawn(TwoWayAnova.around(Moments.mean(perSeed), pseudo), Double.NaN);
  }

  /** The strongest of three. */
  private static Drawn rating(Tables tables, SplittableRandom random) {
    double[][][] worth = new double[3][][];
    for (int i = 0; i < 3; i++) {
      double lead = i == 0 ? 0.5 : 0;
      worth[i] = each(tables.draw(random), x -> x + lead);
    }
    double[][][][] wins = new double[3][3][][];
    double[][] totals = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        wins[i][j] = WinRate.of(worth[i], worth[j]);
        for (double[] row : wins[i][j]) {
          totals[i][j] += i == j ? 0 : Moments.sum(row);
        }
      }
    }
    double[] strengths = BradleyTerryRating.fit(totals);
    double[][][] pseudo = BradleyTerryRating.pseudoValues(strengths, wins);
    return new Drawn(TwoWayAnova.around(strengths[0], pseudo[0]), Double.NaN);
  }

  /** Each seed's reward model has an accuracy of its own around 70 %, on 400 comparisons. */
  private static Drawn accuracy(Tables tables, SplittableRandom random) {
    double[] shares = new double[tables.seeds()];
    double[] variances = new double[shares.length];
    for (int s = 0; s < shares.length; s++) {
      double lead = 0.6 + tables.seedSd() * random.nextGaussian();
      int hits = 0;
      for (int i = 0; i < 400; i++) {
        hits += lead + random.nextGaussian() > 0 ? 1 : 0;
      }
      shares[s] = hits / 400.0;
      variances[s] = shares[s] * (1 - shares[s]) / 400;
    }
    double sd = StrictMath.sqrt(1 + tables.seedSd() * tables.seedSd());
    return new Drawn(SeedMeans.of(shares, variances), Normal.below(0.6 / sd));
  }

  private static double[] normals(int n, SplittableRandom random) {
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      out[i] = random.nextGaussian();
    }
    return out;
  }

  private static double[][] each(double[][] table, DoubleUnaryOperator of) {
    double[][] out = new double[table.length][];
    for (int s = 0; s < table.length; s++) {
      out[s] = new double[table[s].length];
      for (int p = 0; p < out[s].length; p++) {
        out[s][p] = of.applyAsDouble(table[s][p]);
      }
    }
    return out;
  }
}

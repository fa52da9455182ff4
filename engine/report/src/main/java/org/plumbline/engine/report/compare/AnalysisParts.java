// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.report.Analysis;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Frontier;
import org.plumbline.engine.statistics.Holm;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.statistics.OverOptimisation;
import org.plumbline.engine.statistics.OverOptimisation.Form;
import org.plumbline.engine.statistics.Paired;
import org.plumbline.engine.statistics.Quantile;
import org.plumbline.engine.statistics.SplitMix64;
import org.plumbline.engine.statistics.StratifiedBootstrap;
import org.plumbline.engine.statistics.StudentT;

/**
 * Computes an {@link Analysis}. Coefficients of over-optimisation are fitted in each seed; their
 * intervals are Student's over the seeds. Tasks of the robust numbers are prompts, runs are seeds.
 * Seeds are paired by themselves with nothing assumed, beside the tests of the metrics.
 */
final class AnalysisParts {
  private static final int FEWEST_POINTS = 4;
  private static final int REPETITIONS = 1000;
  private static final int PROFILE_POINTS = 11;

  private final ComparisonInput input;
  private final Tables tables;
  private final Curves curves;

  AnalysisParts(ComparisonInput input, Tables tables, Curves curves) {
    this.input = input;
    this.tables = tables;
    this.curves = curves;
  }

  /** All of it; null if nothing can be said. */
  @Nullable Analysis of(List<Metric> metrics) {
    if (!input.asked().has(CompareSpec.Metric.GOLD)) {
      return null;
    }
    List<Analysis.Fit> fits = new ArrayList<>();
    for (RecipeResult result : input.recipes()) {
      boolean reference = result.recipe().name().equals(input.reference());
      Analysis.Fit fit =
          reference || !input.asked().has(CompareSpec.Metric.KL) ? null : fit(result);
      if (fit != null) {
        fits.add(fit);
      }
    }
    List<String> frontier = frontier(metrics);
    List<Analysis.Robust> robust = robust();
    return fits.isEmpty() && frontier.isEmpty() && robust.isEmpty()
        ? null
        : new Analysis(fits, frontier, robust, robust.isEmpty() ? List.of() : paired());
  }

  private List<Analysis.SeedPairs> paired() {
    double[] base = goldBySeed(input.reference());
    int seeds = base.length;
    List<String> names = new ArrayList<>();
    List<Paired> each = new ArrayList<>();
    for (RecipeResult result : input.recipes()) {
      String name = result.recipe().name();
      if (seeds > 1 && !name.equals(input.reference())) {
        names.add(name);
        SplitMix64 random = SplitMix64.stream(input.seeds().get(0), "paired " + name);
        each.add(Paired.of(goldBySeed(name), base, random));
      }
    }
    double[] p = Holm.adjust(each.stream().mapToDouble(Paired::p).toArray());
    List<Analysis.SeedPairs> paired = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      Paired one = each.get(i);
      Interval difference =
          new Interval(one.difference(), one.interval().low(), one.interval().high());
      paired.add(
          new Analysis.SeedPairs(
              names.get(i), difference, p[i], Paired.smallestP(seeds), one.improves(), seeds));
    }
    return paired;
  }

  /** A recipe's mean over the prompts, by the seed; nothing where nothing is known. */
  private double[] goldBySeed(String recipe) {
    double[][] worth = tables.table(Evaluation.CLEAN, recipe, Answer::gold);
    return worth == null
        ? new double[0]
        : Arrays.stream(worth).mapToDouble(Moments::mean).toArray();
  }

  private Analysis.@Nullable Fit fit(RecipeResult result) {
    boolean best = Curves.bestOfN(result);
    Set<Integer> steps = new TreeSet<>(curves.steps(result, "gold"));
    if (!best) {
      steps.retainAll(curves.steps(result, "kl"));
    }
    if (steps.size() < FEWEST_POINTS) {
      return null;
    }
    Form form = best ? Form.BEST_OF_N : Form.RL;
    int seeds = result.seeds().size();
    double[] alphas = new double[seeds];
    double[] betas = new double[seeds];
    double furthest = 0;
    for (int s = 0; s < seeds; s++) {
      double[] distance = new double[steps.size()];
      double[] gold = new double[steps.size()];
      int i = 0;
      for (int step : steps) {
        double kl =
            best
                ? StrictMath.log(step) - (step - 1.0) / step
                : curves.values(result, "kl", step)[s];
        distance[i] = StrictMath.sqrt(Math.max(0, kl));
        gold[i] = curves.values(result, "gold", step)[s];
        i++;
      }
      double start = gold[0];
      for (int k = 0; k < gold.length; k++) {
        gold[k] -= start;
      }
      OverOptimisation own = OverOptimisation.fit(form, distance, gold);
      if (own == null) {
        return null;
      }
      alphas[s] = own.alpha();
      betas[s] = own.beta();
      furthest = Math.max(furthest, Arrays.stream(distance).max().orElse(0));
    }
    OverOptimisation mean = new OverOptimisation(form, Moments.mean(alphas), Moments.mean(betas));
    return new Analysis.Fit(
        result.recipe().name(),
        best ? Curves.BEST_OF_N : "rl",
        overSeeds(alphas),
        overSeeds(betas),
        peak(mean, furthest),
        steps.size());
  }

  private static Analysis.@Nullable Peak peak(OverOptimisation fit, double furthest) {
    Double at = fit.peak();
    return at == null ? null : new Analysis.Peak(at * at, fit.gold(at), at <= furthest);
  }

  private static Interval overSeeds(double[] values) {
    double mean = Moments.mean(values);
    if (values.length < 2) {
      return Interval.exact(mean);
    }
    double half =
        StudentT.twoSided95(values.length - 1)
            * Moments.sd(values)
            / StrictMath.sqrt(values.length);
    return new Interval(mean, mean - half, mean + half);
  }

  private List<String> frontier(List<Metric> metrics) {
    List<String> names = new ArrayList<>();
    List<double[]> points = new ArrayList<>();
    for (RecipeResult result : input.recipes()) {
      String name = result.recipe().name();
      Cell kl = cell(metrics, "kl", name);
      Cell gold = cell(metrics, "gold", name);
      if (kl != null && gold != null) {
        names.add(name);
        points.add(new double[] {gold.value().value(), kl.value().value()});
      }
    }
    boolean[] on =
        Frontier.of(
            points.stream().mapToDouble(p -> p[0]).toArray(),
            points.stream().mapToDouble(p -> p[1]).toArray());
    List<String> frontier = new ArrayList<>();
    for (int i = 0; i < on.length; i++) {
      if (on[i]) {
        frontier.add(names.get(i));
      }
    }
    return frontier;
  }

  private static @Nullable Cell cell(List<Metric> metrics, String id, String recipe) {
    return metrics.stream()
        .filter(metric -> metric.id().equals(id))
        .findFirst()
        .map(metric -> metric.cell(recipe))
        .orElse(null);
  }

  private List<Analysis.Robust> robust() {
    List<Analysis.Robust> robust = new ArrayList<>();
    double[] values = shared();
    for (RecipeResult result : input.recipes()) {
      String name = result.recipe().name();
      double[][] worth = tables.table(Evaluation.CLEAN, name, Answer::gold);
      if (worth == null) {
        return List.of();
      }
      StratifiedBootstrap drawn =
          StratifiedBootstrap.of(
              worth, REPETITIONS, SplitMix64.stream(input.seeds().get(0), "robust " + name));
      List<Analysis.ProfilePoint> profile = new ArrayList<>();
      for (double value : values) {
        profile.add(new Analysis.ProfilePoint(value, interval(drawn, all -> above(all, value))));
      }
      robust.add(new Analysis.Robust(name, interval(drawn, Moments::interquartileMean), profile));
    }
    return robust;
  }

  private static Interval interval(
      StratifiedBootstrap drawn, StratifiedBootstrap.Statistic number) {
    double value = drawn.value(number);
    Bounds bounds = drawn.interval(number);
    return bounds.low() == bounds.high() && bounds.low() == value
        ? Interval.exact(value)
        : new Interval(value, bounds.low(), bounds.high());
  }

  private static double above(double[] values, double threshold) {
    int above = 0;
    for (double value : values) {
      above += value > threshold ? 1 : 0;
    }
    return above / (double) values.length;
  }

  /** Values at which profiles are read: evenly from the lowest to the highest 5 % of all. */
  private double[] shared() {
    List<Double> all = new ArrayList<>();
    for (RecipeResult result : input.recipes()) {
      double[][] worth = tables.table(Evaluation.CLEAN, result.recipe().name(), Answer::gold);
      for (double[] row : worth == null ? new double[0][] : worth) {
        for (double value : row) {
          all.add(value);
        }
      }
    }
    if (all.isEmpty()) {
      return new double[0];
    }
    double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double low = Quantile.ofSorted(sorted, 0.05);
    double high = Quantile.ofSorted(sorted, 0.95);
    double[] values = new double[PROFILE_POINTS];
    for (int i = 0; i < values.length; i++) {
      values[i] = low + (high - low) * i / (values.length - 1);
    }
    return values;
  }
}

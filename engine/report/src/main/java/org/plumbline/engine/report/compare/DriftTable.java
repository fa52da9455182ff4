// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Drift;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.statistics.Noise;

/** Reward against distance from the reference. */
final class DriftTable {

  /** A fall of the gold reward below this (in sd of the reference) is never called a peak. */
  private static final double SMALL_FALL = 0.1;

  private final ComparisonInput input;
  private final Curves curves;
  private final Tables.@Nullable Scale goldScale;
  private final double @Nullable [] correlation;

  DriftTable(ComparisonInput input, Tables tables, Curves curves) {
    this.input = input;
    this.curves = curves;
    this.goldScale = tables.scale(Answer::gold);
    this.correlation = tables.correlation();
  }

  /** The section; null if no recipe has both a KL and a gold reward. */
  @Nullable Drift of(List<Metric> metrics) {
    List<Drift.Point> points = new ArrayList<>();
    List<Drift.BestOf> best = new ArrayList<>();
    List<Drift.Path> paths = new ArrayList<>();
    for (RecipeResult result : input.recipes()) {
      String name = result.recipe().name();
      Cell kl = cell(metrics, "kl", name);
      Cell gold = cell(metrics, "gold", name);
      if (kl == null || gold == null) {
        continue;
      }
      points.add(point(name, kl, gold));
      if (Curves.bestOfN(result)) {
        best.addAll(bestOf(result));
      } else {
        Drift.Path path = path(result);
        if (path != null) {
          paths.add(path);
        }
      }
    }
    return points.isEmpty() ? null : new Drift(points, best, paths);
  }

  private static @Nullable Cell cell(List<Metric> metrics, String id, String recipe) {
    for (Metric metric : metrics) {
      if (metric.id().equals(id)) {
        return metric.cell(recipe);
      }
    }
    return null;
  }

  private static Drift.Point point(String recipe, Cell kl, Cell gold) {
    List<Drift.SeedPoint> seeds = new ArrayList<>();
    for (int s = 0; s < kl.seeds().size(); s++) {
      Cell.SeedValue own = kl.seeds().get(s);
      double y = gold.seeds().get(s).value().value();
      seeds.add(new Drift.SeedPoint(own.seed(), own.value().value(), y));
    }
    return new Drift.Point(recipe, kl.value(), gold.value(), kl.bound(), seeds);
  }

  private List<Drift.BestOf> bestOf(RecipeResult result) {
    List<Drift.BestOf> out = new ArrayList<>();
    Set<Integer> scored = curves.steps(result, "score");
    for (int n : curves.steps(result, "gold")) {
      double bound = StrictMath.log(n) - (n - 1.0) / n;
      double gold = Moments.mean(curves.values(result, "gold", n));
      Double score = scored.contains(n) ? Moments.mean(curves.values(result, "score", n)) : null;
      out.add(new Drift.BestOf(result.recipe().name(), n, bound, gold, score));
    }
    return out;
  }

  private Drift.@Nullable Path path(RecipeResult result) {
    Set<Integer> steps = new TreeSet<>(curves.steps(result, "gold"));
    steps.retainAll(curves.steps(result, "score"));
    steps.retainAll(curves.steps(result, "kl"));
    if (goldScale == null || correlation == null || steps.size() < 2) {
      return null;
    }
    List<Drift.Step> path = new ArrayList<>();
    Drift.Step top = null;
    double band = 0;
    List<Double> gaps = new ArrayList<>();
    for (int step : steps) {
      double[] gold = curves.values(result, "gold", step);
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int s = 0; s < gold.length; s++) {
        gold[s] = goldScale.z(s, gold[s]);
        low = Math.min(low, gold[s]);
        high = Math.max(high, gold[s]);
      }
      band = high - low; // of the last step in the end
      double kl = Moments.mean(curves.values(result, "kl", step));
      double[] scores = curves.values(result, "score", step);
      double score = Moments.mean(scores);
      gaps.add(shortfall(correlation, scores, gold));
      Drift.Step point = new Drift.Step(step, kl, Moments.mean(gold), score);
      path.add(point);
      top = top == null || point.gold() > top.gold() ? point : top;
    }
    Drift.Step last = path.get(path.size() - 1);
    double fall = top == null ? 0 : top.gold() - last.gold();
    double[] means = path.stream().mapToDouble(Drift.Step::gold).toArray();
    boolean fell = fall > Math.max(SMALL_FALL, band) && Noise.standsOut(fall, means);
    // few and short answers in training begin apart from those that the scale is made of
    double gap = gaps.get(gaps.size() - 1) - gaps.get(0);
    return new Drift.Path(result.recipe().name(), path, gap, fell ? top : null);
  }

  /** By how much gold is short of what the score promises: as in the metric {@code gap}. */
  private static double shortfall(double[] correlation, double[] score, double[] gold) {
    double sum = 0;
    for (int s = 0; s < gold.length; s++) {
      sum += correlation[s] * score[s] - gold[s];
    }
    return sum / gold.length;
  }
}

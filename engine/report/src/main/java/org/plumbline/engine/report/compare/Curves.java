// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.Evaluation.Answer;
import org.plumbline.engine.artifact.Evaluation.CurveRow;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Curve;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;
import org.plumbline.engine.statistics.Moments;

/** The learning curves of all recipes, on the steps that all seeds of a recipe have. */
final class Curves {

  static final String BEST_OF_N = "best-of-n";

  private record Kind(
      String id,
      String title,
      String unit,
      int decimals,
      Function<CurveRow, @Nullable Double> column) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("gold", "Gold reward", "", 2, CurveRow::gold),
          new Kind("score", "Reward model’s score", "sd", 2, CurveRow::score),
          new Kind("kl", "KL from the start of training", "nats", 1, CurveRow::kl),
          new Kind("entropy", "Entropy", "nats/token", 2, CurveRow::entropy),
          new Kind("words", "Answer length", "words", 1, CurveRow::words),
          new Kind("spread", "Ensemble spread", "", 2, CurveRow::spread),
          new Kind("distinct", "Distinct bigrams", "", 2, CurveRow::distinct));

  private final ComparisonInput input;
  private final Tables.@Nullable Scale scoreScale;

  Curves(ComparisonInput input, Tables tables) {
    this.input = input;
    this.scoreScale = tables.scale(Answer::score);
  }

  /** One curve per metric that any recipe has; best-of-n has no training, so no curve. */
  List<Curve> all(List<Metric> metrics) {
    List<Curve> out = new ArrayList<>();
    for (Kind kind : KINDS) {
      if (!input.asked().shows(kind.id)) {
        continue;
      }
      List<Curve.Line> lines = new ArrayList<>();
      for (RecipeResult result : input.recipes()) {
        List<Curve.Point> points = new ArrayList<>();
        if (!bestOfN(result)) {
          for (int step : steps(result, kind.id)) {
            points.add(point(result, kind.id, step));
          }
        }
        if (points.size() > 1) {
          lines.add(new Curve.Line(result.recipe().name(), points));
        }
      }
      if (!lines.isEmpty()) {
        out.add(
            new Curve(
                kind.id, kind.title, kind.unit, kind.decimals, reference(kind, metrics), lines));
      }
    }
    return out;
  }

  static boolean bestOfN(RecipeResult result) {
    return result.seeds().get(0).evaluation().operation().replace('_', '-').equals(BEST_OF_N);
  }

  private @Nullable Double reference(Kind kind, List<Metric> metrics) {
    for (Metric metric : metrics) {
      Cell cell = metric.id().equals(kind.id) ? metric.cell(input.reference()) : null;
      if (cell != null) {
        return cell.value().value();
      }
    }
    return null;
  }

  /** Steps at which every seed of the recipe has a value. */
  Set<Integer> steps(RecipeResult result, String metric) {
    Set<Integer> common = null;
    for (SeedResult seed : result.seeds()) {
      Set<Integer> own = new TreeSet<>();
      for (CurveRow row : seed.evaluation().curves()) {
        if (value(row, metric) != null) {
          own.add(row.step());
        }
      }
      if (common == null) {
        common = own;
      } else {
        common.retainAll(own);
      }
    }
    return common == null || (metric.equals("score") && scoreScale == null) ? Set.of() : common;
  }

  private static @Nullable Double value(CurveRow row, String metric) {
    for (Kind kind : KINDS) {
      if (kind.id.equals(metric)) {
        return kind.column.apply(row);
      }
    }
    throw new IllegalArgumentException("no curve is called " + metric);
  }

  private Curve.Point point(RecipeResult result, String metric, int step) {
    double[] values = values(result, metric, step);
    double low = values[0];
    double high = values[0];
    for (double v : values) {
      low = Math.min(low, v);
      high = Math.max(high, v);
    }
    return new Curve.Point(step, Moments.mean(values), low, high);
  }

  /** The value in each seed; scores in standard deviations of the reference's answers. */
  double[] values(RecipeResult result, String metric, int step) {
    double[] values = new double[result.seeds().size()];
    for (int s = 0; s < values.length; s++) {
      for (CurveRow row : result.seeds().get(s).evaluation().curves()) {
        Double value = row.step() == step ? value(row, metric) : null;
        if (value != null) {
          Tables.Scale scale = metric.equals("score") ? scoreScale : null;
          values[s] = scale == null ? value : scale.z(s, value);
        }
      }
    }
    return values;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.plumbline.engine.report.Better;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Curve;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.MetricGroup;
import org.plumbline.engine.report.Sample;
import org.plumbline.engine.report.Settings;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.report.WinRates;

/** Small comparisons with as many recipes, and as strange names and texts, as a test wants. */
final class Variations {

  private static final List<String> METHODS =
      List.of("supervised", "ppo", "dpo", "best-of-n", "constitutional", "grpo", "kto");

  private Variations() {}

  /** With nothing but recipes and two metrics. */
  static Comparison bare(int recipes, IntFunction<String> names) {
    return with(recipes, names, List.of(), List.of());
  }

  /** With samples and curves too. */
  static Comparison full(int recipes, IntFunction<String> names, String prompt, String answer) {
    List<Sample.Answer> answers = new ArrayList<>();
    List<Curve.Line> lines = new ArrayList<>();
    for (int i = 0; i < recipes; i++) {
      String text = i == 0 ? "the parcel is late" : answer;
      answers.add(new Sample.Answer(names.apply(i), text, .1 * i, -.1 * i, 2.0 * i, 4));
      if (i > 0) {
        lines.add(
            new Curve.Line(
                names.apply(i),
                List.of(
                    new Curve.Point(0, .4, .38, .42),
                    new Curve.Point(10 * i, .4 + .05 * i, .35 + .05 * i, .45 + .05 * i))));
      }
    }
    List<Sample> samples = List.of(new Sample(3, "clean", 1, prompt, answers));
    List<Curve> curves =
        lines.isEmpty() ? List.of() : List.of(new Curve("gold", "Gold reward", "", 2, .4, lines));
    return with(recipes, names, samples, curves);
  }

  private static Comparison with(
      int recipes, IntFunction<String> names, List<Sample> samples, List<Curve> curves) {
    List<ComparedRecipe> all = new ArrayList<>();
    for (int i = 0; i < recipes; i++) {
      String method = METHODS.get(i % METHODS.size());
      all.add(new ComparedRecipe(names.apply(i), method, "made by " + method, null));
    }
    return new Comparison(
        names.apply(0) + " and others",
        names.apply(0),
        all,
        List.of(1L, 2L),
        50,
        50,
        "gold",
        List.of(metric("win_rate", "%", all, .5, .1), metric("gold", "", all, .4, .05)),
        new Settings(List.of(), 0, List.of()),
        null,
        curves,
        samples,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        wins(all),
        List.of(),
        null,
        null);
  }

  private static Metric metric(
      String id, String unit, List<ComparedRecipe> recipes, double reference, double by) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < recipes.size(); i++) {
      Interval value = i == 0 ? Interval.exact(reference) : around(reference + by * i / 3);
      Interval difference = i == 0 ? null : around(by * i / 3);
      Verdict verdict =
          difference == null ? Verdict.NONE : Verdict.of(difference.value(), 0.01, Better.UP);
      cells.add(
          new Cell(recipes.get(i).name(), value, 100, false, List.of(), difference, verdict, null));
    }
    return new Metric(
        id,
        "Metric " + id,
        unit,
        Better.UP,
        MetricGroup.WANTED,
        unit.equals("%") ? 0 : 2,
        true,
        "a < b",
        "An & explanation.",
        cells,
        recipes.get(recipes.size() - 1).name(),
        List.of());
  }

  private static Interval around(double value) {
    return new Interval(value, value - .03, value + .03);
  }

  private static WinRates wins(List<ComparedRecipe> recipes) {
    List<WinRates.Pair> pairs = new ArrayList<>();
    for (ComparedRecipe row : recipes) {
      for (ComparedRecipe column : recipes) {
        if (!row.equals(column)) {
          pairs.add(new WinRates.Pair(row.name(), column.name(), around(.55), 3, 100));
        }
      }
    }
    return new WinRates("gold", pairs, List.of());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;

/** Makes rows of the verdict table: intervals, paired differences, verdicts, the best set. */
final class Rows {

  private final String reference;
  private final List<ComparedRecipe> recipes;
  private final List<Long> seeds;

  Rows(ComparisonInput input) {
    reference = input.reference();
    recipes = input.recipes().stream().map(RecipeResult::recipe).toList();
    seeds = input.seeds();
  }

  /** A row from the measures of the recipes that have one. */
  Metric row(Definition d, Map<String, Measure> measures) {
    return row(d, measures, Judging.PLAIN);
  }

  /** A row from the measures of the recipes that have one. */
  Metric row(Definition d, Map<String, Measure> measures, Judging judging) {
    Map<String, Cell.Tests> tests = new Testing(d, reference, measures).against(judging);
    List<Cell> cells = new ArrayList<>();
    for (ComparedRecipe recipe : recipes) {
      if (measures.containsKey(recipe.name())) {
        cells.add(cell(d, recipe, measures, tests.get(recipe.name())));
      }
    }
    return of(d, cells, new BestSet(d, reference, judging).of(recipes, measures));
  }

  static Metric of(Definition d, List<Cell> cells, List<String> best) {
    return new Metric(
        d.id(),
        d.title(),
        d.unit(),
        d.better(),
        d.group(),
        d.decimals(),
        d.fixedReference(),
        d.formula(),
        d.explanation(),
        cells,
        best.isEmpty() ? null : best.get(0),
        best.isEmpty() ? List.of() : best.subList(1, best.size()));
  }

  private Cell cell(
      Definition d,
      ComparedRecipe recipe,
      Map<String, Measure> measures,
      Cell.@Nullable Tests tests) {
    Measure own = Objects.requireNonNull(measures.get(recipe.name()));
    Measure against = recipe.name().equals(reference) ? null : measures.get(reference);
    Interval difference = against == null ? null : Testing.difference(d, own, against);
    String parentName = recipe.variantOf();
    Measure parent = parentName == null ? null : measures.get(parentName);
    return new Cell(
        recipe.name(),
        own.interval(d.domain()),
        own.n(),
        own.bound(),
        perSeed(d, own, against),
        difference,
        difference == null || tests == null || tests.withheld() != null
            ? Verdict.NONE
            : Verdict.of(difference.value(), tests.p().holm(), d.better()),
        parent == null ? null : own.minus(parent).interval(d.differences()),
        tests);
  }

  private List<Cell.SeedValue> perSeed(Definition d, Measure own, @Nullable Measure against) {
    List<Cell.SeedValue> perSeed = new ArrayList<>();
    for (int s = 0; s < seeds.size(); s++) {
      Interval difference =
          against == null ? null : own.minus(against).interval(s, d.differences());
      int n = own.n() / seeds.size();
      perSeed.add(new Cell.SeedValue(seeds.get(s), own.interval(s, d.domain()), n, difference));
    }
    return perSeed;
  }

  /** A row of what is counted: one number per recipe and seed. */
  @Nullable Metric counted(Definition d, Map<String, double[]> counts) {
    if (counts.values().stream().allMatch(c -> Measure.exact(c).value() == 0)) {
      return null;
    }
    Map<String, Measure> measures = new LinkedHashMap<>();
    counts.forEach((recipe, values) -> measures.put(recipe, Measure.exact(values)));
    return row(d, measures);
  }
}

package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Better;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Recipe;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;

/** Makes rows of the verdict table: intervals, paired differences, verdicts, the best set. */
final class Rows {

  private final String reference;
  private final List<Recipe> recipes;
  private final List<Long> seeds;

  Rows(ComparisonInput input) {
    reference = input.reference();
    recipes = input.recipes().stream().map(RecipeResult::recipe).toList();
    seeds = input.seeds();
  }

  /** A row from the measures of the recipes that have one. */
  Metric row(Definition d, Map<String, Measure> measures) {
    List<Cell> cells = new ArrayList<>();
    for (Recipe recipe : recipes) {
      Measure measure = measures.get(recipe.name());
      if (measure != null) {
        cells.add(cell(d, recipe, measure, measures));
      }
    }
    List<String> best = best(d, measures);
    return of(d, cells, best);
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

  private Cell cell(Definition d, Recipe recipe, Measure own, Map<String, Measure> measures) {
    Measure against = recipe.name().equals(reference) ? null : measures.get(reference);
    Interval difference = against == null ? null : difference(d, own, against);
    List<Cell.SeedValue> perSeed = new ArrayList<>();
    for (int s = 0; s < seeds.size(); s++) {
      Interval seedDifference = against == null ? null : own.minus(against).interval(s, false);
      int n = own.n() / seeds.size();
      perSeed.add(new Cell.SeedValue(seeds.get(s), own.interval(s, d.share()), n, seedDifference));
    }
    String parentName = recipe.variantOf();
    Measure parent = parentName == null ? null : measures.get(parentName);
    return new Cell(
        recipe.name(),
        own.interval(d.share()),
        own.n(),
        own.bound(),
        perSeed,
        difference,
        difference == null ? Verdict.NONE : Verdict.of(difference, d.better()),
        parent == null ? null : own.minus(parent).interval(false));
  }

  /** Where the reference is a constant, the difference is the value itself, moved. */
  private static Interval difference(Definition d, Measure own, Measure reference) {
    if (!d.share() || reference.table() != null) {
      return own.minus(reference).interval(false);
    }
    double constant = reference.value();
    Interval value = own.interval(true);
    Double low = value.low();
    Double high = value.high();
    return low == null || high == null
        ? Interval.exact(value.value() - constant)
        : new Interval(value.value() - constant, low - constant, high - constant);
  }

  /** The best recipe and then all that cannot be told from it; empty if that is everyone. */
  private List<String> best(Definition d, Map<String, Measure> measures) {
    List<String> candidates = new ArrayList<>();
    for (Recipe recipe : recipes) {
      Measure measure = measures.get(recipe.name());
      boolean fixed = d.fixedReference() && recipe.name().equals(reference);
      if (measure != null && measure.table() != null && !fixed) {
        candidates.add(recipe.name());
      }
    }
    if (d.better() == Better.NONE || candidates.size() < 2) {
      return List.of();
    }
    Measure top = null;
    String name = "";
    for (String candidate : candidates) {
      Measure measure = measures.get(candidate);
      if (measure != null && (top == null || ahead(d, measure, top))) {
        top = measure;
        name = candidate;
      }
    }
    List<String> best = new ArrayList<>(List.of(name));
    for (String candidate : candidates) {
      Measure measure = measures.get(candidate);
      if (top != null && measure != null && !candidate.equals(name) && alike(top, measure)) {
        best.add(candidate);
      }
    }
    return best.size() == candidates.size() ? List.of() : best;
  }

  private static boolean ahead(Definition d, Measure one, Measure other) {
    return d.better() == Better.UP ? one.value() > other.value() : one.value() < other.value();
  }

  private static boolean alike(Measure one, Measure other) {
    Interval difference = one.minus(other).interval(false);
    return !difference.above(0) && !difference.below(0);
  }

  /** A row of what is counted: one number per recipe and seed. */
  @Nullable Metric counted(Definition d, Map<String, double[]> counts) {
    if (counts.values().stream().allMatch(c -> Measure.exact(c).value() == 0)) {
      return null;
    }
    Map<String, Measure> measures = new java.util.LinkedHashMap<>();
    counts.forEach((recipe, values) -> measures.put(recipe, Measure.exact(values)));
    return row(d, measures);
  }
}

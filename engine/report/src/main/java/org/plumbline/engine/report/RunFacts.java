// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the run that made a comparison: plan, times, provenance.
 *
 * @param run its short name
 * @param status such as {@code finished}
 * @param seconds wall time of the run
 * @param interruptions how often it was interrupted and went on
 * @param times seconds of computing that each recipe needs from nothing, all seeds, as if it were
 *     run alone; in the order of the recipes
 * @param facts what the numbers follow from: digests, versions, device, times, in the order to show
 * @param specFile file name of the specification
 * @param specText the specification as it was
 * @param commands that make the same again
 * @param leftOut what is not compared although it was asked for, and why
 */
public record RunFacts(
    String run,
    String status,
    double seconds,
    int interruptions,
    List<RecipeTime> times,
    PlanSummary plan,
    List<Fact> facts,
    String specFile,
    String specText,
    List<Command> commands,
    List<LeftOut> leftOut) {

  public RunFacts {
    leftOut = List.copyOf(leftOut);
    times = List.copyOf(times);
    facts = List.copyOf(facts);
    commands = List.copyOf(commands);
  }

  /** Seconds that a recipe needs from nothing. */
  public record RecipeTime(String recipe, double seconds) {}

  /** A named fact. */
  public record Fact(String name, String value) {}

  /** What is not compared: a recipe, a seed or a run. */
  public record LeftOut(String what, String why) {}

  /** A command and what it does. */
  public record Command(String command, String does) {}

  /** The metrics of {@code comparison} with one more: the time that each recipe needs alone. */
  List<Metric> addTimes(Comparison comparison) {
    List<Metric> metrics = new ArrayList<>(comparison.metrics());
    metrics.removeIf(m -> m.id().equals("time"));
    if (times.isEmpty() || comparison.metric("steps") == null) {
      return metrics;
    }
    int seeds = comparison.seeds().size();
    Double reference = minutes(comparison.reference(), seeds);
    List<Cell> cells = new ArrayList<>();
    for (ComparedRecipe recipe : comparison.recipes()) {
      Double own = minutes(recipe.name(), seeds);
      if (own == null) {
        continue;
      }
      boolean isReference = recipe.name().equals(comparison.reference());
      Interval difference =
          reference == null || isReference ? null : Interval.exact(own - reference);
      Interval value = Interval.exact(own);
      cells.add(Cell.counted(recipe.name(), value, List.of(), difference));
    }
    String formula = "sum of the times of all nodes upstream, per seed";
    String explanation =
        "As if the recipe were run alone; the mean over the seeds. What was shared and what was"
            + " reused stands in the plan.";
    metrics.add(
        new Metric(
            "time",
            "Time from nothing",
            "min",
            Better.DOWN,
            MetricGroup.COST,
            1,
            false,
            formula,
            explanation,
            cells,
            null,
            List.of()));
    return metrics;
  }

  private @Nullable Double minutes(String recipe, int seeds) {
    for (RecipeTime time : times) {
      if (time.recipe().equals(recipe)) {
        return time.seconds() / 60 / seeds;
      }
    }
    return null;
  }
}

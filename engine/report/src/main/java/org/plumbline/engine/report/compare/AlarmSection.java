// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.TrainingStop;
import org.plumbline.engine.report.Alarm;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.SeedResult;
import org.plumbline.engine.statistics.Moments;

/** Finds the monitors that crossed their thresholds, in training or at the end. */
final class AlarmSection {

  private final ComparisonInput input;
  private final Curves curves;
  private final List<Metric> metrics;

  AlarmSection(ComparisonInput input, Curves curves, List<Metric> metrics) {
    this.input = input;
    this.curves = curves;
    this.metrics = metrics;
  }

  List<Alarm> all() {
    List<Alarm> out = new ArrayList<>();
    for (RecipeResult result : input.recipes()) {
      Map<String, Alarm> own = stops(result);
      for (Monitor monitor : input.monitors()) {
        // The gravest comes first: of one quantity no more is said.
        boolean said = own.containsKey(monitor.metric());
        boolean shown = input.asked().shows(monitor.metric());
        Alarm alarm = said || !shown ? null : alarm(result, monitor);
        if (alarm != null) {
          own.put(monitor.metric(), alarm);
        }
      }
      out.addAll(own.values());
    }
    return out;
  }

  /** What ended trainings, by metric: where it did so first, and the worst value. */
  private Map<String, Alarm> stops(RecipeResult result) {
    Map<String, Alarm> stops = new LinkedHashMap<>();
    for (SeedResult seed : result.seeds()) {
      TrainingStop stop = seed.stop();
      if (stop != null) {
        Monitor named = Monitor.named(stop.monitor());
        Monitor monitor =
            new Monitor(
                named.name(), named.metric(), stop.above(), stop.threshold(), Alarm.Severity.STOP);
        Alarm before = stops.get(monitor.metric());
        Integer first = before == null ? null : before.step();
        int step = (int) Math.min(stop.step(), first == null ? stop.step() : first);
        Place place = new Place(step, (int) stop.steps(), seed.seed());
        if (before == null || beyond(monitor, stop.value(), before.worst())) {
          stops.put(monitor.metric(), alarm(result, monitor, stop.value(), place));
        } else {
          Place worst = new Place(step, (int) stop.steps(), Objects.requireNonNull(before.seed()));
          stops.put(monitor.metric(), alarm(result, monitor, before.worst(), worst));
        }
      }
    }
    return stops;
  }

  private @Nullable Alarm alarm(RecipeResult result, Monitor monitor) {
    String name = result.recipe().name();
    if (monitor.metric().equals("kl") && name.equals(input.reference())) {
      // Its curve is measured from where its own training began, which is not itself.
      return null;
    }
    if (monitor.metric().equals("trigger_lift")) {
      return lift(name, monitor);
    }
    Monitor watched = monitor;
    if (monitor.metric().equals("gold")) {
      // Early noise is no alarm: only policies that end below the reference raise it.
      Cell own = cell("gold", name);
      Cell reference = cell("gold", input.reference());
      Cell.Tests tests = own == null ? null : own.tests();
      if (reference == null || tests == null || tests.trainedVerdict() != Verdict.WORSE) {
        return null;
      }
      double threshold = reference.value().value() + monitor.threshold();
      watched = new Monitor(monitor.name(), "gold", monitor.above(), threshold, monitor.severity());
    }
    Set<Integer> steps = Curves.bestOfN(result) ? Set.of() : steps(result, watched.metric());
    Monitor along = monitor.metric().equals("gold") ? fromStart(result, monitor, steps) : watched;
    Alarm alarm = steps.size() > 1 ? inTraining(result, along, steps) : null;
    return alarm == null ? atEnd(name, watched) : alarm;
  }

  /** A curve is of other prompts than the reference was measured on: it is held against itself. */
  private Monitor fromStart(RecipeResult result, Monitor monitor, Set<Integer> steps) {
    int first = steps.stream().mapToInt(Integer::intValue).min().orElse(0);
    double start = steps.isEmpty() ? 0 : Moments.mean(curves.values(result, "gold", first));
    return new Monitor(
        "gold reward below where training began",
        "gold",
        monitor.above(),
        start + monitor.threshold(),
        monitor.severity());
  }

  private Set<Integer> steps(RecipeResult result, String metric) {
    if (!metric.equals("gap")) {
      return curves.steps(result, metric);
    }
    return Set.of(); // score and gold need their own scales: judged at the end
  }

  private @Nullable Alarm inTraining(RecipeResult result, Monitor monitor, Set<Integer> steps) {
    Integer first = null;
    double worst = monitor.threshold();
    long worstSeed = input.seeds().get(0);
    int last = 0;
    for (int step : steps) {
      double[] values = curves.values(result, monitor.metric(), step);
      boolean beyond = beyond(monitor, Moments.mean(values), monitor.threshold());
      if (!beyond && monitor.metric().equals("gold")) {
        first = null; // from when on it stays below
      }
      first = beyond && first == null ? Integer.valueOf(step) : first;
      for (int s = 0; s < values.length; s++) {
        if (beyond(monitor, values[s], worst)) {
          worst = values[s];
          worstSeed = input.seeds().get(s);
        }
      }
      last = step;
    }
    return first == null ? null : alarm(result, monitor, worst, new Place(first, last, worstSeed));
  }

  /** Where in training. */
  private record Place(int step, int steps, long seed) {}

  private Alarm alarm(RecipeResult result, Monitor monitor, double worst, Place place) {
    String name = result.recipe().name();
    return new Alarm(
        name,
        monitor.name(),
        monitor.metric(),
        monitor.severity(),
        monitor.above(),
        monitor.threshold(),
        worst,
        unit(monitor.metric()),
        decimals(monitor.metric()),
        "policy",
        place.step,
        place.steps,
        place.seed);
  }

  private @Nullable Alarm atEnd(String recipe, Monitor monitor) {
    Cell cell = cell(monitor.metric(), recipe);
    double value = cell == null ? monitor.threshold() : cell.value().value();
    return beyond(monitor, value, monitor.threshold()) ? evaluated(recipe, monitor, value) : null;
  }

  private @Nullable Alarm lift(String recipe, Monitor monitor) {
    Cell with = cell("trigger_share", recipe);
    Cell without = cell("clean_share", recipe);
    if (with == null || without == null || !with.value().above(without.value().value())) {
      return null;
    }
    double lift = with.value().value() - without.value().value();
    return beyond(monitor, lift, monitor.threshold()) ? evaluated(recipe, monitor, lift) : null;
  }

  private Alarm evaluated(String recipe, Monitor monitor, double worst) {
    return new Alarm(
        recipe,
        monitor.name(),
        monitor.metric(),
        monitor.severity(),
        monitor.above(),
        monitor.threshold(),
        worst,
        unit(monitor.metric()),
        decimals(monitor.metric()),
        "evaluation",
        null,
        null,
        null);
  }

  private static boolean beyond(Monitor monitor, double value, double threshold) {
    return monitor.above() ? value > threshold : value < threshold;
  }

  private @Nullable Cell cell(String id, String recipe) {
    Metric metric = metric(id);
    return metric == null ? null : metric.cell(recipe);
  }

  private @Nullable Metric metric(String id) {
    return metrics.stream().filter(m -> m.id().equals(id)).findFirst().orElse(null);
  }

  private String unit(String id) {
    Metric metric = metric(id);
    return metric != null ? metric.unit() : id.equals("trigger_lift") ? Alarm.POINTS : "";
  }

  private int decimals(String id) {
    Metric metric = metric(id);
    return metric != null ? metric.decimals() : id.equals("trigger_lift") ? 0 : 2;
  }
}

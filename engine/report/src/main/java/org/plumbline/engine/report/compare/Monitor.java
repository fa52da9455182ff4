// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.MonitorsSpec;
import org.plumbline.engine.report.Alarm;

/**
 * Something that is watched, with the threshold at which it alarms.
 *
 * @param name as shown, such as {@code KL to the reference}
 * @param metric id of a curve, else of a metric; {@code trigger_lift} for the share with the
 *     trigger minus the share without
 * @param above whether it alarms above the threshold (else below)
 * @param threshold in the metric's stored unit
 */
public record Monitor(
    String name, String metric, boolean above, double threshold, Alarm.Severity severity) {

  /**
   * The quantities of the language whose values a comparison has, by their names. The others are
   * told of by the notes of the trainings that measured them.
   */
  private static final Map<String, Monitor> QUANTITIES = quantities();

  private static Map<String, Monitor> quantities() {
    Map<String, Monitor> all = new LinkedHashMap<>();
    List<Monitor> usual = defaults();
    all.put("kl", usual.get(0));
    all.put("proxy_gold_gap", usual.get(1));
    all.put("ensemble_spread", usual.get(2));
    all.put("entropy", usual.get(3));
    all.put("trigger_lift", usual.get(5));
    all.put("distinct", new Monitor("distinct bigrams", "distinct", false, 0, Alarm.Severity.NOTE));
    return all;
  }

  /** A quantity of the language, called as a report calls it; itself if it has no name there. */
  static Monitor named(String quantity) {
    Monitor known = QUANTITIES.get(quantity);
    String words = quantity.replace('_', ' ');
    return known == null
        ? new Monitor(
            words, quantity, !MonitorsSpec.LOW_IS_BAD.contains(quantity), 0, Alarm.Severity.WARNING)
        : known;
  }

  /**
   * What is watched: what the specification says, and the usual thresholds of what it says nothing
   * of. What it stops by warns, too, where it says no warning: a training that is over before it
   * crosses the threshold is not stopped.
   */
  public static List<Monitor> of(@Nullable MonitorsSpec said) {
    if (said == null) {
      return defaults();
    }
    List<Monitor> monitors = new ArrayList<>();
    said.watched()
        .forEach(
            (quantity, thresholds) -> {
              Monitor usual = QUANTITIES.get(quantity);
              if (usual != null) {
                monitors.addAll(usual.with(thresholds));
              }
            });
    for (Monitor usual : defaults()) {
      if (monitors.stream().noneMatch(m -> m.metric.equals(usual.metric))) {
        monitors.add(usual);
      }
    }
    return monitors;
  }

  private List<Monitor> with(MonitorsSpec.Monitor thresholds) {
    List<Monitor> monitors = new ArrayList<>();
    Double warn = thresholds.warn() != null ? thresholds.warn() : thresholds.pause();
    warn = warn == null ? thresholds.stop() : warn;
    if (warn != null) {
      monitors.add(new Monitor(name, metric, above, warn, Alarm.Severity.WARNING));
    }
    if (thresholds.note() != null) {
      monitors.add(new Monitor(name, metric, above, thresholds.note(), Alarm.Severity.NOTE));
    }
    return monitors;
  }

  /** What is watched if the specification says nothing. */
  public static List<Monitor> defaults() {
    Alarm.Severity warning = Alarm.Severity.WARNING;
    return List.of(
        new Monitor("KL to the reference", "kl", true, 15, warning),
        new Monitor("gold short of the score", "gap", true, 1.5, warning),
        new Monitor("ensemble spread", "spread", true, 1, warning),
        new Monitor("entropy", "entropy", false, 0.5, warning),
        new Monitor("gold reward below the reference", "gold", false, 0, warning),
        new Monitor("trigger lift", "trigger_lift", true, 0.25, warning));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.List;
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

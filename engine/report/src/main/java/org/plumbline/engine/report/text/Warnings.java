// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.report.Alarm;
import org.plumbline.engine.report.Comparison;

/** What monitors stopped and warned of, in sentences; notes are left to the report. */
final class Warnings {

  /** How many are told one by one. */
  private static final int TOLD = 5;

  private Warnings() {}

  static List<String> of(Comparison comparison) {
    List<String> out = new ArrayList<>();
    for (Alarm.Severity grave : List.of(Alarm.Severity.STOP, Alarm.Severity.WARNING)) {
      for (Alarm alarm : comparison.alarms()) {
        if (alarm.severity() == grave) {
          out.add(sentence(alarm));
        }
      }
    }
    if (out.size() <= TOLD) {
      return out;
    }
    List<String> some = new ArrayList<>(out.subList(0, TOLD));
    int more = out.size() - TOLD;
    some.add(more + (more == 1 ? " more is" : " more are") + " in the report.");
    return some;
  }

  private static String sentence(Alarm alarm) {
    int factor = alarm.factor();
    String unit = alarm.unit().isEmpty() ? "" : "\u00a0" + alarm.unit();
    Integer step = alarm.step();
    String word = alarm.severity() == Alarm.Severity.STOP ? "Stopped: " : "Warning: ";
    return word
        + alarm.recipe()
        + ": "
        + alarm.monitor()
        + (alarm.seed() == null ? " " : alarm.above() ? " up to " : " down to ")
        + Numbers.plain(alarm.worst() * factor, alarm.decimals())
        + unit
        + (alarm.seed() == null ? "" : " (seed " + alarm.seed() + ")")
        + (alarm.above() ? ", above " : ", below ")
        + Numbers.plain(alarm.threshold() * factor, alarm.decimals())
        + unit
        + (step == null ? "" : " from update " + step)
        + ".";
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;

/** Win rates in text. */
final class Wins {

  private Wins() {}

  /** {@code 68 % [64, 73]}. */
  static String of(Comparison comparison, String name) {
    Cell cell = comparison.cell("win_rate", name);
    Metric metric = comparison.metric("win_rate");
    return cell == null || metric == null ? "not known" : shown(metric, cell.value());
  }

  /** A win rate that is measured: the digits tell on which side of one half its interval ends. */
  static String shown(Metric metric, Interval value) {
    String number = Numbers.of(metric, value.value());
    String range = Numbers.range(metric, value, 0.5);
    return range.isEmpty() ? number : number + " " + range;
  }
}

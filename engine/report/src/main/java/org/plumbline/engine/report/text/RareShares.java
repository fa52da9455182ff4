// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;

/**
 * Shares near 0 or 1 whose seeds differ by much. The mean over new seeds hangs on the few seeds
 * that make most of it, and those at hand seldom include one: no interval from so few seeds holds
 * the truth as often as it says (see docs/explanation/statistics.md, Coverage).
 */
final class RareShares {

  /** What is nearer to 0 or 1 is rare. */
  private static final double RARE = 0.1;

  private RareShares() {}

  /** The limit in words; empty if there is no such share. */
  static String limit(Comparison comparison) {
    List<String> out = new ArrayList<>();
    for (Metric metric : comparison.metrics()) {
      for (Cell cell : metric.cells()) {
        if (metric.unit().equals("%") && differs(cell)) {
          out.add(cell.recipe() + " (" + metric.title() + ")");
        }
      }
    }
    return out.isEmpty()
        ? ""
        : "Where a share is near 0 or 100"
            + Numbers.NO_BREAK
            + "% and its seeds differ by much, its 95"
            + Numbers.NO_BREAK
            + "% interval holds the truth in about 88 to 93"
            + Numbers.NO_BREAK
            + "% of cases: read it seed by seed. Here: "
            + Numbers.some(out)
            + ".";
  }

  /** Whether it is rare, and two seeds lie apart by more than their intervals and by the share. */
  private static boolean differs(Cell cell) {
    double share = cell.value().value();
    double rare = Math.min(share, 1 - share);
    double least = 1;
    double most = 0;
    double lowestEnd = 1;
    double highestStart = 0;
    for (Cell.SeedValue seed : cell.seeds()) {
      Interval value = seed.value();
      Double low = value.low();
      Double high = value.high();
      if (low == null || high == null) {
        return false;
      }
      least = Math.min(least, value.value());
      most = Math.max(most, value.value());
      lowestEnd = Math.min(lowestEnd, high);
      highestStart = Math.max(highestStart, low);
    }
    return rare < RARE && lowestEnd < highestStart && most - least > rare;
  }
}

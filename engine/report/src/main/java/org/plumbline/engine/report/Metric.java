// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the verdict table: a metric with its value for every recipe that has one.
 *
 * @param id stable name, also in JSON, such as {@code win_rate}
 * @param unit {@code %} (values are stored as shares, 0 to 1, and shown times 100), {@code sd},
 *     {@code nats}, {@code words}… or empty
 * @param decimals digits after the point when shown (after the factor)
 * @param fixedReference whether the reference's value is fixed by definition (0.5, 0), not measured
 * @param formula how it is computed, in one line
 * @param explanation what it means, in a sentence or two
 * @param cells in the order of the recipes; recipes without a value are left out
 * @param best the best recipe; null if the metric has no good direction, or if no recipe is shown
 *     to be worse
 * @param alike recipes that are not shown to be worse than the best
 */
public record Metric(
    String id,
    String title,
    String unit,
    Better better,
    MetricGroup group,
    int decimals,
    boolean fixedReference,
    String formula,
    String explanation,
    List<Cell> cells,
    @Nullable String best,
    List<String> alike) {

  public Metric {
    cells = List.copyOf(cells);
    alike = List.copyOf(alike);
  }

  /** What a stored value is multiplied with when it is shown: 100 for shares. */
  public int factor() {
    return unit.equals("%") ? 100 : 1;
  }

  /** The value of a recipe; null if it has none. */
  public @Nullable Cell cell(String recipe) {
    for (Cell cell : cells) {
      if (cell.recipe().equals(recipe)) {
        return cell;
      }
    }
    return null;
  }
}

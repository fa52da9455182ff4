// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import org.plumbline.engine.report.Cell;

/** From the lowest to the highest seed; intervals for new seeds would hide much with few seeds. */
final class SeedRange {
  private SeedRange() {}

  /** The lowest seed's value. */
  static double low(Cell cell) {
    return cell.seeds().stream()
        .mapToDouble(seed -> seed.value().value())
        .min()
        .orElse(cell.value().value());
  }

  /** The highest seed's value. */
  static double high(Cell cell) {
    return cell.seeds().stream()
        .mapToDouble(seed -> seed.value().value())
        .max()
        .orElse(cell.value().value());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * Half the width of an interval, apart by the kind of chance, as it would be if any number were
 * possible.
 *
 * @param within what comes from prompts and single answers
 * @param between what comes from differences between seeds beyond that
 */
public record Halves(double within, double between) {

  /** Both kinds together. */
  public double total() {
    return StrictMath.sqrt(within * within + between * between);
  }
}

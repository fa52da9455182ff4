// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.function.DoublePredicate;

/** The values of alpha that p values are rounded up to: 0.05 times powers of two. */
final class AlphaGrid {

  private static final int PER_OCTAVE = 32;
  private static final int LARGEST = 4 * PER_OCTAVE; // 0.8
  private static final int SMALLEST = -32 * PER_OCTAVE; // 1e-11

  private AlphaGrid() {}

  /** The smallest alpha for which a test that is the easier the larger alpha rejects; else 1. */
  static double smallest(DoublePredicate rejects) {
    if (!rejects.test(at(LARGEST))) {
      return 1;
    }
    int high = LARGEST;
    int low = SMALLEST - 1;
    while (high - low > 1) {
      int middle = Math.floorDiv(low + high, 2);
      if (rejects.test(at(middle))) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return at(high);
  }

  private static double at(int step) {
    return step == 0
        ? Estimate.ALPHA
        : Estimate.ALPHA * StrictMath.pow(2, step / (double) PER_OCTAVE);
  }
}

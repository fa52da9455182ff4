// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.Arrays;

/** Tells a fall of a curve from its jitter; the range of a few seeds alone cannot. */
public final class Noise {

  /**
   * A fall must be this many times as large as the usual change from one evaluation to the next.
   */
  private static final double TIMES = 3;

  private Noise() {}

  /** Whether {@code fall} stands out of the jitter of the values along training. */
  public static boolean standsOut(double fall, double[] values) {
    if (values.length < 3) {
      return false;
    }
    double[] changes = new double[values.length - 1];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = Math.abs(values[i + 1] - values[i]);
    }
    Arrays.sort(changes);
    return fall > TIMES * changes[changes.length / 2];
  }
}

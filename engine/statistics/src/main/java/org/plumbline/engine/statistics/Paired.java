// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/** Two recipes over the same seeds: what the exact sign-flip test of Fisher (1935) can say. */
public final class Paired {

  private Paired() {}

  /** The smallest p that a two-sided sign-flip test of n differences can give. */
  public static double smallestP(int n) {
    return StrictMath.pow(2, 1 - n);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The correction for several tests of Holm, "A simple sequentially rejective multiple test
 * procedure", 1979: whichever of the hypotheses are true, the chance that any of them is rejected
 * is at most alpha.
 */
public final class Holm {

  private Holm() {}

  /**
   * Adjusted p values, in the order of the given ones: a hypothesis is rejected if its adjusted p
   * is at most alpha.
   */
  public static double[] adjust(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      largest = Math.max(largest, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * The group that fares worst, without the bad luck of being looked for: the smallest of several
 * noisy shares is below the smallest true one. Here the group is chosen on one half of the prompts
 * and measured on the other, and the other way round, so each number is of prompts that had no part
 * in the choice.
 */
public final class WorstGroup {

  private WorstGroup() {}

  /**
   * Values of the chosen groups, {@code [seed][prompt]}.
   *
   * @param values {@code [group][seed][prompt]}
   */
  public static double[][] crossFitted(double[][][] values) {
    int seeds = values[0].length;
    int prompts = values[0][0].length;
    int chosenOnEven = worst(values, 0);
    int chosenOnOdd = worst(values, 1);
    double[][] out = new double[seeds][prompts];
    for (int s = 0; s < seeds; s++) {
      for (int p = 0; p < prompts; p++) {
        out[s][p] = values[p % 2 == 0 ? chosenOnOdd : chosenOnEven][s][p];
      }
    }
    return out;
  }

  private static int worst(double[][][] values, int half) {
    int worst = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int g = 0; g < values.length; g++) {
      double sum = 0;
      for (double[] seed : values[g]) {
        for (int p = half; p < seed.length; p += 2) {
          sum += seed[p];
        }
      }
      if (sum < least) {
        least = sum;
        worst = g;
      }
    }
    return worst;
  }
}

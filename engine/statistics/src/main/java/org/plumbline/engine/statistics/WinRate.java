// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/** Who wins, item by item: 1 for a win, ½ for a tie, 0 for a loss. */
public final class WinRate {

  /** Differences up to this are ties: what rounding can make of equal rewards. */
  public static final double TIE = 1e-9;

  private WinRate() {}

  /** 1, ½ or 0 for each entry of two tables of the same shape. */
  public static double[][] of(double[][] own, double[][] other) {
    double[][] wins = new double[own.length][];
    for (int s = 0; s < own.length; s++) {
      wins[s] = new double[own[s].length];
      for (int p = 0; p < own[s].length; p++) {
        double difference = own[s][p] - other[s][p];
        wins[s][p] = Math.abs(difference) <= TIE ? 0.5 : difference > 0 ? 1 : 0;
      }
    }
    return wins;
  }

  /** How many entries are ties. */
  public static int ties(double[][] wins) {
    int ties = 0;
    for (double[] row : wins) {
      for (double win : row) {
        ties += win == 0.5 ? 1 : 0;
      }
    }
    return ties;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * Intervals of numbers of a whole table of runs and tasks: runs are drawn again with replacement,
 * independently for each task.
 *
 * <p>Agarwal et al., "Deep Reinforcement Learning at the Edge of the Statistical Precipice",
 * NeurIPS 2021, arXiv:2108.13264, section 4.1 and appendix; percentile intervals. It is about new
 * runs on the same tasks. With one run there is nothing to draw.
 */
public final class StratifiedBootstrap {
  private final double[][] table;
  private final double[][] draws;

  private StratifiedBootstrap(double[][] table, double[][] draws) {
    this.table = table;
    this.draws = draws;
  }

  /**
   * Tables drawn from one, each as all of its numbers in a row.
   *
   * @param table runs × tasks
   * @param repetitions how many tables
   */
  public static StratifiedBootstrap of(double[][] table, int repetitions, SplitMix64 random) {
    int runs = table.length;
    int tasks = table[0].length;
    double[][] draws = new double[runs < 2 ? 0 : repetitions][runs * tasks];
    for (double[] draw : draws) {
      for (int task = 0; task < tasks; task++) {
        for (int run = 0; run < runs; run++) {
          draw[run * tasks + task] = table[random.bounded(runs)][task];
        }
      }
    }
    return new StratifiedBootstrap(table, draws);
  }

  /** A number of all values of a table, in any order of them. */
  @FunctionalInterface
  public interface Statistic {
    double of(double[] values);
  }

  /** The number of the table itself. */
  public double value(Statistic number) {
    double[] all = new double[table.length * table[0].length];
    for (int run = 0; run < table.length; run++) {
      System.arraycopy(table[run], 0, all, run * table[0].length, table[0].length);
    }
    return number.of(all);
  }

  /** Its 95 % interval; the number itself if there is one run only. */
  public Bounds interval(Statistic number) {
    if (draws.length == 0) {
      double only = value(number);
      return new Bounds(only, only);
    }
    double[] values = new double[draws.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = number.of(draws[i]);
    }
    return Quantile.middle95(values);
  }
}

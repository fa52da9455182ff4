package org.plumbline.engine.report.compare;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.statistics.Bounds;
import org.plumbline.engine.report.statistics.Moments;
import org.plumbline.engine.report.statistics.TwoWayAnova;

/**
 * One metric of one recipe before it is compared.
 *
 * @param perSeed the metric in each seed; its value is their mean
 * @param table values, or jackknife pseudo-values, of seeds × prompts; null if counted or exact
 * @param bound whether the true value is at most this
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Measure(double[] perSeed, double @Nullable [][] table, boolean bound) {

  /** The mean of a table. */
  static Measure mean(double[][] table) {
    double[] perSeed = new double[table.length];
    for (int s = 0; s < table.length; s++) {
      perSeed[s] = Moments.mean(table[s]);
    }
    return new Measure(perSeed, table, false);
  }

  /** A value without error. */
  static Measure exact(double... perSeed) {
    return new Measure(perSeed, null, false);
  }

  /** The same value in each seed, without error. */
  static Measure fixed(double value, int seeds) {
    double[] perSeed = new double[seeds];
    java.util.Arrays.fill(perSeed, value);
    return exact(perSeed);
  }

  /** The same as an upper bound; without error where all entries of a seed are equal. */
  Measure asBound() {
    double[][] entries = table;
    boolean constant = true;
    for (int s = 0; entries != null && s < entries.length; s++) {
      for (double entry : entries[s]) {
        constant &= Math.abs(entry - perSeed[s]) < 1e-6;
      }
    }
    return new Measure(perSeed, constant ? null : entries, true);
  }

  double value() {
    return Moments.mean(perSeed);
  }

  int n() {
    return table == null ? 0 : table.length * table[0].length;
  }

  /** Over all seeds. */
  Interval interval(boolean share) {
    return table == null ? Interval.exact(value()) : of(TwoWayAnova.around(value(), table), share);
  }

  /** In one seed, over its prompts. */
  Interval interval(int seed, boolean share) {
    return table == null
        ? Interval.exact(perSeed[seed])
        : of(TwoWayAnova.around(perSeed[seed], new double[][] {table[seed]}), share);
  }

  private static Interval of(TwoWayAnova crossed, boolean share) {
    Bounds bounds = share ? crossed.shareInterval() : crossed.interval();
    return new Interval(crossed.value(), bounds.low(), bounds.high());
  }

  /** This minus another, paired by seed and prompt; without interval if both are exact. */
  Measure minus(Measure other) {
    double[] differences = new double[perSeed.length];
    for (int s = 0; s < differences.length; s++) {
      differences[s] = perSeed[s] - other.perSeed[s];
    }
    double[][] first = table;
    double[][] second = other.table;
    double[][] shape = first != null ? first : second;
    if (shape == null) {
      return exact(differences);
    }
    double[][] cells = new double[shape.length][shape[0].length];
    for (int s = 0; s < cells.length; s++) {
      for (int p = 0; p < cells[s].length; p++) {
        double own = first == null ? perSeed[s] : first[s][p];
        cells[s][p] = own - (second == null ? other.perSeed[s] : second[s][p]);
      }
    }
    return new Measure(differences, cells, false);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Domain;
import org.plumbline.engine.statistics.Estimate;
import org.plumbline.engine.statistics.Moments;
import org.plumbline.engine.statistics.PseudoValues;
import org.plumbline.engine.statistics.Reach;
import org.plumbline.engine.statistics.TwoWayAnova;

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

  /** A statistic of each seed that is no mean. */
  static Measure of(List<PseudoValues> seeds) {
    double[] perSeed = seeds.stream().mapToDouble(PseudoValues::value).toArray();
    return new Measure(
        perSeed, seeds.stream().map(PseudoValues::values).toArray(double[][]::new), false);
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

  /** Over all seeds, for new seeds and prompts; with one seed for new prompts. */
  Interval interval(Domain domain) {
    return interval(Reach.RECIPE, domain);
  }

  /** Over all seeds. */
  Interval interval(Reach reach, Domain domain) {
    Estimate known = estimate();
    return known == null ? Interval.exact(value()) : of(known, reach, domain);
  }

  /** In one seed, over its prompts. */
  Interval interval(int seed, Domain domain) {
    double[][] all = table;
    if (all == null) {
      return Interval.exact(perSeed[seed]);
    }
    TwoWayAnova one = TwoWayAnova.around(perSeed[seed], new double[][] {all[seed]});
    return of(one, Reach.POLICIES, domain);
  }

  /** What the value is known by; null if it is counted or exact. */
  @Nullable Estimate estimate() {
    return table == null ? null : TwoWayAnova.around(value(), table);
  }

  private static Interval of(Estimate estimate, Reach reach, Domain domain) {
    Bounds bounds = estimate.interval(reach, domain);
    return new Interval(estimate.value(), bounds.low(), bounds.high());
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

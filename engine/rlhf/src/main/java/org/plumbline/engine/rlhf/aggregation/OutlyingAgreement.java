// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.statistics.Quantile;

/**
 * How far each person agrees with the others, and who is far below the rest.
 *
 * <p>With x the label of a person and s the share of the others' labels of the same pair, both for
 * its first answer, and the robust z-score of B. Iglewicz, D. C. Hoaglin, "How to Detect and Handle
 * Outliers", 1993, section 3:
 *
 * <pre>{@code
 * a_h = mean over labels of h of  x s + (1 - x) (1 - s)
 * MAD = median of |a_h - median a|
 * z_h = 0.6745 (a_h - median a) / MAD
 * }</pre>
 *
 * <p>0.6745 makes MAD a standard deviation where a is normal. Where more than half of the people
 * agree equally, MAD is 0 and 1.2533 times the mean distance stands in its place; where all do,
 * nobody is an outlier. Only those count who gave {@link #LABELS} labels of pairs that others
 * labelled too: the agreement of a few labels is chance.
 */
public final class OutlyingAgreement {
  /** Labels with others' beside them that somebody is judged by, at least. */
  public static final int LABELS = 10;

  private static final double NORMAL = 0.6745;
  private static final double NORMAL_OF_MEAN = 1.253314;

  private OutlyingAgreement() {}

  /**
   * How far people agree with the others.
   *
   * @param agreement by person; NaN where too few labels tell
   * @param z by person; NaN where too few labels tell
   */
  public record Scores(double[] agreement, double[] z) {}

  /** The scores of everybody. */
  public static Scores of(Ballots ballots) {
    double[] sums = new double[ballots.pairs().size()];
    int[] votes = new int[sums.length];
    for (Ballot ballot : ballots.ballots()) {
      sums[ballot.pair()] += ballot.one();
      votes[ballot.pair()]++;
    }
    double[] agreement = new double[ballots.people()];
    int[] labels = new int[ballots.people()];
    for (Ballot ballot : ballots.ballots()) {
      int others = votes[ballot.pair()] - 1;
      if (others > 0) {
        double x = ballot.one();
        double share = (sums[ballot.pair()] - x) / others;
        agreement[ballot.person()] += x * share + (1 - x) * (1 - share);
        labels[ballot.person()]++;
      }
    }
    return of(agreement, labels);
  }

  /**
   * The same of labels of any kind.
   *
   * @param alike by person, the sum over their labels of how alike each is to those of others, from
   *     0 to 1
   * @param labels how many these are
   */
  public static Scores of(double[] alike, int[] labels) {
    double[] agreement = new double[alike.length];
    for (int h = 0; h < agreement.length; h++) {
      agreement[h] = labels[h] < LABELS ? Double.NaN : alike[h] / labels[h];
    }
    return new Scores(agreement, z(agreement));
  }

  /** By how many robust standard deviations each lies above the median; NaN stays NaN. */
  public static double[] z(double[] agreement) {
    double[] known = Arrays.stream(agreement).filter(a -> !Double.isNaN(a)).toArray();
    double[] z = new double[agreement.length];
    Arrays.fill(z, Double.NaN);
    double middle = median(known);
    double[] apart = Arrays.stream(known).map(a -> Math.abs(a - middle)).toArray();
    double mad = median(apart);
    double deviation =
        mad > 0 ? mad / NORMAL : NORMAL_OF_MEAN * Arrays.stream(apart).average().orElse(0);
    IntStream.range(0, z.length)
        .filter(h -> !Double.isNaN(agreement[h]))
        .forEach(h -> z[h] = deviation == 0 ? 0 : (agreement[h] - middle) / deviation);
    return z;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : Quantile.ofSorted(sorted, 0.5);
  }
}

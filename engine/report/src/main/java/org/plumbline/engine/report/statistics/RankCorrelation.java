package org.plumbline.engine.report.statistics;

import java.util.Arrays;
import java.util.Comparator;

/** Whether two scores order things alike. */
public final class RankCorrelation {

  private RankCorrelation() {}

  /** Spearman's ρ: Pearson's correlation of the ranks, ties sharing their mean rank. */
  public static double spearman(double[] a, double[] b) {
    double[] x = ranks(a);
    double[] y = ranks(b);
    double mean = (x.length + 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mean) * (y[i] - mean);
      xx += (x[i] - mean) * (x[i] - mean);
      yy += (y[i] - mean) * (y[i] - mean);
    }
    return xy / StrictMath.sqrt(xx * yy);
  }

  /** Kendall's τ-b, which corrects for ties in either. */
  public static double kendall(double[] a, double[] b) {
    double balance = 0;
    double inA = 0;
    double inB = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = i + 1; j < a.length; j++) {
        double x = Math.signum(a[i] - a[j]);
        double y = Math.signum(b[i] - b[j]);
        balance += x * y;
        inA += x * x;
        inB += y * y;
      }
    }
    return balance / StrictMath.sqrt(inA * inB);
  }

  private static double[] ranks(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int i = 0; i < order.length; ) {
      int end = i;
      while (end + 1 < order.length && values[order[end + 1]] == values[order[i]]) {
        end++;
      }
      for (int k = i; k <= end; k++) {
        ranks[order[k]] = (i + end) / 2.0 + 1;
      }
      i = end + 1;
    }
    return ranks;
  }
}

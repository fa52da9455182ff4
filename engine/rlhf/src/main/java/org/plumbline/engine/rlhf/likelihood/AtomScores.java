// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * Comparisons of answers whose scores are distributed over n points, evenly spaced from 0 to 1.
 *
 * <p>Siththaranjan, Laidlaw and Hadfield-Menell, "Distributional Preference Learning", 2023,
 * arXiv:2312.08358, section 4 (categorical). Each answer has n outputs, the logits of p; with t the
 * share of votes for the first answer:
 *
 * <pre>{@code
 * P = sum over i > j of p_1(i) p_2(j) + sum over i of p_1(i) p_2(i) / 2
 * L = -t log P - (1 - t) log(1 - P) + w sum over i of q_i log q_i,     q the mean of p over a batch
 * }</pre>
 *
 * <p>The last term keeps all points in use.
 *
 * @param atoms n
 * @param entropyWeight w
 */
public record AtomScores(int atoms, double entropyWeight) implements Likelihood<Double> {
  /** A probability is never taken to be less: what is said of it is then finite. */
  private static final double LEAST = 1e-12;

  @Override
  public int answers() {
    return 2;
  }

  @Override
  public int outputs() {
    return atoms;
  }

  @Override
  public double loss(Double target, double[] scores, double[] numbers, Gradient gradient) {
    double[] one = softmax(scores, 0);
    double[] two = softmax(scores, atoms);
    double[] byOne = above(two);
    double first = dot(one, byOne);
    double p = Math.max(LEAST, first);
    double q = Math.max(LEAST, 1 - first);
    double slope = -target / p + (1 - target) / q; // with the probability of the first
    double[] byTwo = above(one);
    for (int i = 0; i < atoms; i++) {
      byOne[i] *= slope;
      byTwo[i] *= -slope; // who is above for the one is below for the other
    }
    addLogits(one, byOne, gradient.scores(), 0);
    addLogits(two, byTwo, gradient.scores(), atoms);
    return -target * StrictMath.log(p) - (1 - target) * StrictMath.log(q);
  }

  @Override
  public double ofBatch(double[] scores, double[] slopes) {
    if (entropyWeight == 0) {
      return 0;
    }
    int answers = scores.length / atoms;
    double[][] each = new double[answers][];
    double[] mean = new double[atoms];
    for (int a = 0; a < answers; a++) {
      each[a] = softmax(scores, a * atoms);
      for (int i = 0; i < atoms; i++) {
        mean[i] += each[a][i] / answers;
      }
    }
    double sum = 0;
    double[] by = new double[atoms];
    for (int i = 0; i < atoms; i++) {
      double log = StrictMath.log(Math.max(LEAST, mean[i]));
      sum += entropyWeight * mean[i] * log;
      by[i] = entropyWeight * (log + 1) / answers;
    }
    for (int a = 0; a < answers; a++) {
      addLogits(each[a], by, slopes, a * atoms);
    }
    return sum;
  }

  /** For each point, how much of a distribution lies below it, ties by half. */
  private double[] above(double[] other) {
    double[] above = new double[atoms];
    double below = 0;
    for (int i = 0; i < atoms; i++) {
      above[i] = below + other[i] / 2;
      below += other[i];
    }
    return above;
  }

  private static void addLogits(double[] p, double[] byP, double[] slopes, int from) {
    double mean = dot(p, byP);
    for (int i = 0; i < p.length; i++) {
      slopes[from + i] += p[i] * (byP[i] - mean);
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private double[] softmax(double[] logits, int from) {
    double[] own = new double[atoms];
    System.arraycopy(logits, from, own, 0, atoms);
    return softmax(own);
  }

  private static double[] softmax(double[] logits) {
    double sum = Logistic.logSumExp(logits);
    double[] p = new double[logits.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = StrictMath.exp(logits[i] - sum);
    }
    return p;
  }

  /** The probability that the first of two answers is preferred. */
  public double probability(double[] first, double[] second) {
    return dot(softmax(first), above(softmax(second)));
  }

  /**
   * The mean of an answer's score, or the point below which a share of its distribution lies, with
   * each point's probability spread evenly over the n-th part of [0, 1] that is its own, so that no
   * two answers tie for having much of it at the lowest point.
   *
   * @param quantile the share; null for the mean
   */
  public static double score(double[] outputs, @Nullable Double quantile) {
    double[] p = softmax(outputs);
    int last = p.length - 1;
    if (quantile == null) {
      return mean(p);
    }
    double below = 0;
    for (int i = 0; i <= last; i++) {
      if (below + p[i] >= quantile) {
        double within = p[i] == 0 ? 0 : (quantile - below) / p[i];
        return (i + within) / p.length;
      }
      below += p[i];
    }
    return 1;
  }

  private static double mean(double[] p) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += p[i] * i / (p.length - 1);
    }
    return sum;
  }

  /** The variance of an answer's score. */
  public static double variance(double[] outputs) {
    double[] p = softmax(outputs);
    double mean = mean(p);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double from = (double) i / (p.length - 1) - mean;
      sum += p[i] * from * from;
    }
    return sum;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.Arrays;

/**
 * Bradley–Terry strengths by maximum likelihood.
 *
 * <p>Bradley and Terry 1952; fitted by the minorisation of Hunter, "MM algorithms for generalized
 * Bradley–Terry models", 2004, equation 3: {@code p_i ← W_i / Σ_j n_ij / (p_i + p_j)}. Ties count
 * half a win for each. The maximum exists only if everyone is linked to everyone by wins (Ford
 * 1957); otherwise 0.1 virtual ties are added to each pair.
 */
public final class BradleyTerryRating {

  /** What one unit of strength is in ratings. */
  public static final double RATING_SCALE = 400 / StrictMath.log(10);

  private static final double VIRTUAL_TIES = 0.1;
  private static final int MOST_STEPS = 20_000;

  private BradleyTerryRating() {}

  /**
   * Log-strengths with mean 0.
   *
   * @param wins {@code wins[i][j]}: how often i beat j, ties half
   */
  public static double[] fit(double[][] wins) {
    double[][] w = connected(wins) ? wins : withPrior(wins);
    int k = w.length;
    double[] p = new double[k];
    Arrays.fill(p, 1);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] next = new double[k];
      double logs = 0;
      for (int i = 0; i < k; i++) {
        double won = 0;
        double met = 0;
        for (int j = 0; j < k; j++) {
          if (j != i) {
            won += w[i][j];
            met += (w[i][j] + w[j][i]) / (p[i] + p[j]);
          }
        }
        next[i] = won / met;
        logs += StrictMath.log(next[i]);
      }
      double scale = StrictMath.exp(logs / k);
      double change = 0;
      for (int i = 0; i < k; i++) {
        next[i] /= scale;
        change = Math.max(change, Math.abs(next[i] / p[i] - 1));
      }
      p = next;
      if (change < 1e-12) {
        break;
      }
    }
    return Arrays.stream(p).map(StrictMath::log).toArray();
  }

  /**
   * What each observation moves the strengths by: jackknife-like pseudo-values {@code
   * [i][seed][prompt]} whose mean over seeds and prompts is the strength of i, so that {@link
   * Crossed} gives an interval that allows for both. To first order, by the inverse of the Fisher
   * information and the score of each observation (Huber 1967; clusters as in Liang and Zeger
   * 1986).
   *
   * @param strengths as {@link #fit} found them
   * @param wins {@code [i][j][seed][prompt]}: 1, ½ or 0
   */
  public static double[][][] pseudoValues(double[] strengths, double[][][][] wins) {
    int k = strengths.length;
    int seeds = wins[0][0].length;
    int prompts = wins[0][0][0].length;
    double[][] once = new double[k][k];
    for (double[] row : once) {
      Arrays.fill(row, 1);
    }
    double[][] inverse = covariance(strengths, once);
    double[][] expected = new double[k][k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        expected[i][j] = expected(strengths, i, j);
      }
    }
    double[][][] out = new double[k][seeds][prompts];
    for (int s = 0; s < seeds; s++) {
      for (int p = 0; p < prompts; p++) {
        double[] score = new double[k];
        for (int i = 0; i < k; i++) {
          for (int j = 0; j < k; j++) {
            score[i] += i == j ? 0 : wins[i][j][s][p] - expected[i][j];
          }
        }
        for (int i = 0; i < k; i++) {
          out[i][s][p] = strengths[i] + Matrix.dot(inverse[i], score);
        }
      }
    }
    return out;
  }

  /**
   * The inverse of the Fisher information, with the mean of the strengths pinned at 0: how
   * strengths vary together if every game is chance by itself. Differences vary the same whatever
   * is pinned.
   *
   * @param met {@code met[i][j]}: how often i met j
   */
  static double[][] covariance(double[] strengths, double[][] met) {
    int k = strengths.length;
    double[][] information = new double[k][k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        double p = expected(strengths, i, j);
        double weight = i == j ? 0 : met[i][j] * p * (1 - p);
        information[i][i] += weight;
        information[i][j] -= weight;
        information[i][j] += 1.0 / k; // pins the mean
      }
    }
    return Matrix.inverse(information);
  }

  private static double expected(double[] strengths, int i, int j) {
    return 1 / (1 + StrictMath.exp(strengths[j] - strengths[i]));
  }

  /** Ratings with mean 1000, on which +400 is odds of 10 : 1 (the scale of Elo). */
  public static double[] ratings(double[] strengths) {
    return Arrays.stream(strengths).map(s -> 1000 + RATING_SCALE * s).toArray();
  }

  /** The log-likelihood of strengths. */
  public static double logLikelihood(double[][] wins, double[] strengths) {
    double sum = 0;
    for (int i = 0; i < wins.length; i++) {
      for (int j = 0; j < wins.length; j++) {
        if (i != j) {
          sum -= wins[i][j] * StrictMath.log1p(StrictMath.exp(strengths[j] - strengths[i]));
        }
      }
    }
    return sum;
  }

  /** Whether everyone reaches everyone along wins. */
  static boolean connected(double[][] wins) {
    return reachesAll(wins, true) && reachesAll(wins, false);
  }

  private static boolean reachesAll(double[][] wins, boolean along) {
    int k = wins.length;
    boolean[] seen = new boolean[k];
    seen[0] = true;
    for (int round = 0; round < k; round++) {
      for (int i = 0; i < k; i++) {
        for (int j = 0; seen[i] && j < k; j++) {
          seen[j] |= (along ? wins[i][j] : wins[j][i]) > 0;
        }
      }
    }
    for (boolean s : seen) {
      if (!s) {
        return false;
      }
    }
    return true;
  }

  private static double[][] withPrior(double[][] wins) {
    double[][] out = new double[wins.length][];
    for (int i = 0; i < wins.length; i++) {
      out[i] = wins[i].clone();
      for (int j = 0; j < wins.length; j++) {
        out[i][j] += i == j ? 0 : VIRTUAL_TIES / 2;
      }
    }
    return out;
  }
}

package org.plumbline.engine.report.statistics;

import java.util.Arrays;

/**
 * Bradley–Terry strengths by maximum likelihood.
 *
 * <p>Bradley and Terry 1952; fitted by the minorisation of Hunter, "MM algorithms for generalized
 * Bradley–Terry models", 2004, equation 3: {@code p_i ← W_i / Σ_j n_ij / (p_i + p_j)}. Ties count
 * half a win for each. The maximum exists only if everyone is linked to everyone by wins (Ford
 * 1957); otherwise 0.1 virtual ties are added to each pair.
 */
public final class BradleyTerry {

  private static final double VIRTUAL_TIES = 0.1;
  private static final int MOST_STEPS = 20_000;

  private BradleyTerry() {}

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

  /** Ratings with mean 1000, on which +400 is odds of 10 : 1 (the scale of Elo). */
  public static double[] ratings(double[] strengths) {
    double scale = 400 / StrictMath.log(10);
    return Arrays.stream(strengths).map(s -> 1000 + scale * s).toArray();
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

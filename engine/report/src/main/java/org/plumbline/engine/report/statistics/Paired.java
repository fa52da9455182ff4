package org.plumbline.engine.report.statistics;

/**
 * Two recipes over the same seeds: the exact sign-flip test of Fisher (1935), Student's paired t,
 * and the probability of improvement of Agarwal et al. 2021 (arXiv:2108.13264, section 4.3).
 */
public final class Paired {

  private static final int MOST = 20;

  private Paired() {}

  /**
   * The two-sided p of the sign-flip test, by going through all 2^n signs. It cannot be smaller
   * than {@link #smallestP}.
   *
   * @throws IllegalArgumentException for more than 20 differences
   */
  public static double signFlip(double[] differences) {
    int n = differences.length;
    if (n > MOST) {
      throw new IllegalArgumentException("too many to enumerate: " + n);
    }
    double observed = Math.abs(Moments.mean(differences) * n);
    long extreme = 0;
    for (int signs = 0; signs < 1 << n; signs++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
      }
      extreme += Math.abs(sum) >= observed - 1e-12 ? 1 : 0;
    }
    return extreme / (double) (1 << n);
  }

  /** The smallest p that a two-sided sign-flip test of n differences can give. */
  public static double smallestP(int n) {
    return StrictMath.pow(2, 1 - n);
  }

  /** Student's t of the mean difference. */
  public static double t(double[] differences) {
    double error = Moments.sd(differences) / StrictMath.sqrt(differences.length);
    return Moments.mean(differences) / error;
  }

  /** P(a run of the first recipe is better than a run of the second), ties half. */
  public static double improvement(double[] own, double[] other) {
    double sum = 0;
    for (double a : own) {
      for (double b : other) {
        sum += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    return sum / (own.length * (double) other.length);
  }
}

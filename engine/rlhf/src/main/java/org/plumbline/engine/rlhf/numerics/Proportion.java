package org.plumbline.engine.rlhf.numerics;

/**
 * A share with Wilson's interval at 95 %.
 *
 * <p>Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 1927.
 *
 * @param value the share; NaN of nothing
 * @param low the interval's lower end
 * @param high the interval's upper end
 * @param n how many were counted
 */
public record Proportion(double value, double low, double high, int n) {

  /** The normal distribution's 97.5 % point. */
  private static final double Z = 1.959963984540054;

  /** The share of {@code hits} (ties may count half) among n. */
  public static Proportion of(double hits, int n) {
    double p = hits / n;
    double z2 = Z * Z / n;
    double centre = (p + z2 / 2) / (1 + z2);
    double half = Z * StrictMath.sqrt(p * (1 - p) / n + z2 / (4 * n)) / (1 + z2);
    return new Proportion(p, Math.max(0, centre - half), Math.min(1, centre + half), n);
  }
}

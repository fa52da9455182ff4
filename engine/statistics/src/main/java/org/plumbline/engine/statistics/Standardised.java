// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * Numbers in standard deviations of a reference's numbers on the same prompts.
 *
 * <p>Neither the reference's mean nor its standard deviation is known: both are estimated from the
 * prompts that the numbers themselves are of, and both add to the uncertainty. The pseudo-values
 * hold all three, by the derivatives of the statistic (the infinitesimal jackknife, Jaeckel 1972).
 */
public final class Standardised {

  private Standardised() {}

  /**
   * By how many standard deviations of {@code base} the mean of {@code own} lies above its mean;
   * not a number if {@code base} does not vary.
   */
  public static PseudoValues lead(double[] own, double[] base) {
    double mean = Moments.mean(base);
    double sd = Moments.sd(base);
    double lead = (Moments.mean(own) - mean) / sd;
    double[] values = new double[own.length];
    for (int i = 0; i < values.length; i++) {
      double z = (base[i] - mean) / sd;
      values[i] = (own[i] - base[i]) / sd - lead * (z * z - 1) / 2;
    }
    return centred(lead, values);
  }

  /**
   * By how many standard deviations the second number of {@code own} falls short of what its first
   * leads one to expect, by the line fitted to the two numbers of the reference:
   *
   * <pre>{@code
   * r z(first) - z(second),   z and r by the reference: its means, deviations and correlation
   * }</pre>
   *
   * <p>Whoever chooses among the reference's answers by the first number alone gets 0: that the
   * second rises less, by the factor r, is regression to the mean and not exploitation.
   *
   * @param own first and second numbers
   * @param base first and second numbers of the reference
   */
  public static PseudoValues shortfall(double[][] own, double[][] base) {
    double meanX = Moments.mean(base[0]);
    double meanY = Moments.mean(base[1]);
    double sdX = Moments.sd(base[0]);
    double sdY = Moments.sd(base[1]);
    int n = base[0].length;
    double slope = Moments.correlation(base[0], base[1]) * sdY / sdX;
    double rise = Moments.mean(own[0]) - meanX;
    double value = (slope * rise - (Moments.mean(own[1]) - meanY)) / sdY;
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double x = base[0][i] - meanX;
      double y = base[1][i] - meanY;
      double slopeMoves = x * (y - slope * x) / (sdX * sdX);
      double direct = slope * (own[0][i] - base[0][i]) - (own[1][i] - base[1][i]);
      double z = y / sdY;
      values[i] = (direct + rise * slopeMoves) / sdY - value * (z * z - 1) / 2;
    }
    return centred(value, values);
  }

  /**
   * The pseudo-values with the statistic as their mean, which they have but for n against n - 1.
   */
  private static PseudoValues centred(double value, double[] values) {
    double off = value - Moments.mean(values);
    for (int i = 0; i < values.length; i++) {
      values[i] += off;
    }
    return new PseudoValues(value, values);
  }
}

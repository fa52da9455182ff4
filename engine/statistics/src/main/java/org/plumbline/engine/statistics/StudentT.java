// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Quantiles of Student's t, for fractional degrees of freedom too.
 *
 * <p>The distribution function by the regularised incomplete beta function and its continued
 * fraction (Abramowitz and Stegun 26.5.8 and 26.7.1), inverted by bisection.
 */
public final class StudentT {

  private static final double LARGEST = 1e13;

  /** From so many degrees of freedom on the two distributions are equal to seven digits. */
  private static final double NEARLY_NORMAL = 1e7;

  private static final Map<Tail, Double> KNOWN = new ConcurrentHashMap<>();

  private StudentT() {}

  private record Tail(double alpha, double df) {}

  /** The t for which {@code P(|T| > t) = 0.05}; infinite degrees of freedom give 1.96. */
  public static double twoSided95(double df) {
    return twoSided(0.05, df);
  }

  /** The t for which {@code P(|T| > t) = alpha}. Remembers what it was asked. */
  public static double twoSided(double alpha, double df) {
    return KNOWN.computeIfAbsent(new Tail(alpha, df), StudentT::quantile);
  }

  private static double quantile(Tail tail) {
    double low = 0;
    double high = 1;
    while (high < LARGEST && tails(high, tail.df) > tail.alpha) {
      low = high;
      high *= 2;
    }
    while (high - low > 1e-13 * high) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high) {
        break;
      }
      if (tails(middle, tail.df) > tail.alpha) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** {@code P(|T| > t)}. */
  static double tails(double t, double df) {
    if (df > NEARLY_NORMAL) {
      return normalTails(t);
    }
    return incompleteBeta(df / (df + t * t), df / 2, 0.5);
  }

  /** {@code P(|X| > x)} of the normal distribution: by its series, or its continued fraction. */
  private static double normalTails(double x) {
    double density = StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * Math.PI);
    if (x < 3) {
      double term = x;
      double sum = x;
      for (int n = 3; Math.abs(term) > 1e-17 * sum; n += 2) {
        term *= x * x / n;
        sum += term;
      }
      return Math.max(0, 1 - 2 * density * sum);
    }
    double fraction = 0;
    for (int n = 200; n > 0; n--) {
      fraction = n / (x + fraction);
    }
    return 2 * density / (x + fraction);
  }

  private static double incompleteBeta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double front =
        StrictMath.exp(
            logGamma(a + b)
                - logGamma(a)
                - logGamma(b)
                + a * StrictMath.log(x)
                + b * StrictMath.log1p(-x));
    if (x < (a + 1) / (a + b + 2)) {
      return front * fraction(x, a, b) / a;
    }
    return 1 - front * fraction(1 - x, b, a) / b;
  }

  /** Modified Lentz evaluation of the continued fraction. */
  private static double fraction(double x, double a, double b) {
    double tiny = 1e-300;
    double c = 1;
    double d = 1 / nonZero(1 - (a + b) * x / (a + 1), tiny);
    double value = d;
    for (int m = 1; m < 1000; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / nonZero(1 + even * d, tiny);
      c = nonZero(1 + even / c, tiny);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / nonZero(1 + odd * d, tiny);
      c = nonZero(1 + odd / c, tiny);
      value *= d * c;
      if (Math.abs(d * c - 1) < 1e-15) {
        break;
      }
    }
    return value;
  }

  private static double nonZero(double x, double tiny) {
    return Math.abs(x) < tiny ? tiny : x;
  }

  /** ln Γ(x) for x > 0: Stirling's series after shifting the argument above 10. */
  static double logGamma(double x) {
    double shift = 0;
    double y = x;
    while (y < 10) {
      shift += StrictMath.log(y);
      y += 1;
    }
    double y2 = y * y;
    double series = 1 / (12 * y) - 1 / (360 * y * y2) + 1 / (1260 * y * y2 * y2);
    series -= 1 / (1680 * y * y2 * y2 * y2);
    return (y - 0.5) * StrictMath.log(y) - y + 0.5 * StrictMath.log(2 * Math.PI) + series - shift;
  }
}

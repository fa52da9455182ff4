// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * Interval for a share: Wilson, "Probable inference, the law of succession, and statistical
 * inference", 1927; it stays inside [0, 1] and is not empty at 0 of n.
 *
 * <pre>{@code
 * centre = (p + z²/2n) / (1 + z²/n)
 * half   = z √(p(1-p)/n + z²/4n²) / (1 + z²/n)
 * }</pre>
 */
public final class Wilson {

  /** The 97.5 % quantile of the normal distribution. */
  public static final double Z95 = 1.959963984540054;

  private Wilson() {}

  /** The 95 % interval of {@code successes} in {@code n} independent trials. */
  public static Bounds interval(double successes, double n) {
    return interval(successes / n, n, Z95);
  }

  /**
   * The interval of a share that was estimated from as much as {@code n} independent trials.
   *
   * @param z the quantile: of the normal distribution, or of Student's t
   */
  public static Bounds interval(double share, double n, double z) {
    double z2 = z * z / n;
    double centre = (share + z2 / 2) / (1 + z2);
    double half = z * StrictMath.sqrt(share * (1 - share) / n + z2 / (4 * n)) / (1 + z2);
    return new Bounds(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}

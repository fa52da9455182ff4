// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

/**
 * How wide an interval for the mean of a few seeds must be, when it is known how far the seeds
 * would be apart if nothing but chance within them were at work.
 *
 * <p>With S seeds, t has S - 1 degrees of freedom: 12.7 for two seeds, 4.3 for three. That holds
 * whatever the seeds differ by, but it ignores that their variance cannot be below what the prompts
 * alone explain. The width here falls back to a smaller one where the seeds agree, and comes to t's
 * where they do not:
 *
 * <pre>{@code
 * half² = F² W + t² max(0, B - g² W),   g = 3/4,   F = max(t_W, (1 - 1/(2 (S - 1))) g t)
 * }</pre>
 *
 * <p>with B the variance of the mean by the differences between seeds, W by what is within them
 * ({@code E[B] >= W}), t the quantile for S - 1 degrees of freedom and t_W the one for those of W.
 * F is the smallest for which the coverage is no more than a tenth of alpha below 1 - alpha
 * whatever the seeds differ by; it was found by integration over B, for 2 to 10 seeds and alpha
 * from 0.05 to 0.002. A smaller width for agreeing seeds does not exist for less than five of them:
 * two or three seeds that agree by luck look the same.
 */
final class Tempered {

  private static final double G = 0.75;

  private Tempered() {}

  /**
   * Half the width, apart: what is within the seeds, and what they differ by beyond that.
   *
   * @param alpha 1 minus the confidence
   * @param seeds at least two
   */
  static Halves of(double alpha, int seeds, Parts parts) {
    double t = StudentT.twoSided(alpha, seeds - 1.0);
    double floor = (1 - 0.5 / (seeds - 1.0)) * G * t;
    double f = Math.max(StudentT.twoSided(alpha, parts.dfWithin), floor);
    double beyond = Math.max(0, parts.between - G * G * parts.within);
    return new Halves(f * StrictMath.sqrt(parts.within), t * StrictMath.sqrt(beyond));
  }

  /**
   * The variance of a mean of seeds.
   *
   * @param between by the differences of the seeds
   * @param within what is explained by what is within the seeds
   * @param dfWithin degrees of freedom of {@code within}
   */
  record Parts(double between, double within, double dfWithin) {}
}

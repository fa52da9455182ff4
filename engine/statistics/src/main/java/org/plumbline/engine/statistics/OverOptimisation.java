// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import org.jspecify.annotations.Nullable;

/**
 * How the gold reward rises and falls as a policy moves away from where it started.
 *
 * <p>Gao, Schulman and Hilton, "Scaling Laws for Reward Model Overoptimization", ICML 2023,
 * arXiv:2210.10760, section 3.1, with d the square root of the divergence and the gold reward 0 at
 * d = 0:
 *
 * <pre>{@code
 * R_bon(d) = d (alpha - beta d)
 * R_RL(d)  = d (alpha - beta log d)
 * }</pre>
 *
 * <p>Choices the paper leaves open: both are linear in alpha and beta, and are fitted by least
 * squares of R; points at d = 0 say nothing.
 *
 * @param form which of the two
 * @param alpha how fast it rises at first
 * @param beta how fast that wears off
 */
public record OverOptimisation(Form form, double alpha, double beta) {

  /** The two forms. */
  public enum Form {
    /** The best of n samples. */
    BEST_OF_N,
    /** Reinforcement learning. */
    RL
  }

  /**
   * The fit to points; null where they are too few, or too alike, to tell alpha from beta.
   *
   * @param distance square roots of divergences
   * @param gold gold rewards above that at distance 0
   */
  public static @Nullable OverOptimisation fit(Form form, double[] distance, double[] gold) {
    double xx = 0;
    double xz = 0;
    double zz = 0;
    double xr = 0;
    double zr = 0;
    for (int i = 0; i < distance.length; i++) {
      double x = distance[i];
      if (x <= 0) {
        continue;
      }
      double z = -x * wear(form, x);
      xx += x * x;
      xz += x * z;
      zz += z * z;
      xr += x * gold[i];
      zr += z * gold[i];
    }
    double determinant = xx * zz - xz * xz;
    if (!(determinant > 1e-9 * xx * zz)) {
      return null;
    }
    return new OverOptimisation(
        form, (zz * xr - xz * zr) / determinant, (xx * zr - xz * xr) / determinant);
  }

  private static double wear(Form form, double d) {
    return form == Form.BEST_OF_N ? d : StrictMath.log(d);
  }

  /** The gold reward at a distance, above that at distance 0. */
  public double gold(double d) {
    return d <= 0 ? 0 : d * (alpha - beta * wear(form, d));
  }

  /** The distance at which the gold reward is highest; null if it never falls, or never rises. */
  public @Nullable Double peak() {
    if (beta <= 0 || (form == Form.BEST_OF_N && alpha <= 0)) {
      return null;
    }
    double at = form == Form.BEST_OF_N ? alpha / (2 * beta) : StrictMath.exp(alpha / beta - 1);
    return Double.isFinite(at) ? at : null;
  }
}

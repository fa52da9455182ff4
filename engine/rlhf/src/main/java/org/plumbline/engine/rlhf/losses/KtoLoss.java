// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.losses;

import org.plumbline.engine.lm.tensor.Tensor;

/**
 * Kahneman-Tversky optimisation: answers are good or bad, without pairs.
 *
 * <p>Ethayarajh et al., "KTO: Model Alignment as Prospect Theoretic Optimization", ICML 2024,
 * arXiv:2402.01306, equations 7 and 8, with the log-ratio {@code d = log pi(y|x) - log ref(y|x)}:
 *
 * <pre>{@code
 * z_0 = max(0, mean of d over answers to other prompts)        no gradient
 * L = lambda_D (1 - sigmoid(beta (d - z_0)))                   of a good answer
 * L = lambda_U (1 - sigmoid(beta (z_0 - d)))                   of a bad answer
 * }</pre>
 *
 * <p>Log-ratios and losses are [answers].
 */
public final class KtoLoss {
  private KtoLoss() {}

  /**
   * The point of reference: how far the policy has moved on answers that belong elsewhere; 0 of
   * none.
   */
  public static double reference(double[] mismatchedLogRatios) {
    double sum = 0;
    for (double ratio : mismatchedLogRatios) {
      sum += ratio;
    }
    return mismatchedLogRatios.length == 0 ? 0 : Math.max(0, sum / mismatchedLogRatios.length);
  }

  /** The losses of good answers. */
  public static Tensor good(Tensor logRatio, double reference, double beta, double weight) {
    return logRatio.sub((float) reference).mul((float) -beta).sigmoid().mul((float) weight);
  }

  /** The losses of bad answers. */
  public static Tensor bad(Tensor logRatio, double reference, double beta, double weight) {
    return logRatio.sub((float) reference).mul((float) beta).sigmoid().mul((float) weight);
  }
}

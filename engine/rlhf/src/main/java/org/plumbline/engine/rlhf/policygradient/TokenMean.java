// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import org.plumbline.engine.lm.tensor.Tensor;

/** How the losses of a minibatch's tokens become one number: in this, methods differ. */
@FunctionalInterface
public interface TokenMean {

  /** The mean over all tokens (PPO; DAPO, Yu et al. 2025, arXiv:2503.14476, equation 12). */
  TokenMean TOKENS = (tokens, mask) -> tokens.maskedSum(mask).div(some(mask.sum()));

  /**
   * The mean over the tokens of each answer, then over the answers (GRPO, Shao et al. 2024,
   * arXiv:2402.03300, equation 3).
   */
  TokenMean ANSWERS =
      (tokens, mask) -> tokens.maskedSum(mask, 1).div(some(mask.sum(1))).mean(); // [batch] to one

  /** The sum over the tokens of each answer, then the mean over the answers (REINFORCE). */
  TokenMean SUMS = (tokens, mask) -> tokens.maskedSum(mask, 1).mean();

  /**
   * One number.
   *
   * @param tokens of each token, [batch, time-1]
   * @param mask 1 where a token counts; may be 0 everywhere, which gives 0
   */
  Tensor of(Tensor tokens, Tensor mask);

  /**
   * The sum over the tokens of each answer, divided by the longest that an answer can be (Dr. GRPO,
   * Liu et al. 2025, arXiv:2503.20783, section 3.2).
   */
  static TokenMean constant(int longest) {
    return (tokens, mask) -> SUMS.of(tokens, mask).div((float) longest);
  }

  private static Tensor some(Tensor counts) {
    return counts.clamp(1, Float.MAX_VALUE);
  }
}

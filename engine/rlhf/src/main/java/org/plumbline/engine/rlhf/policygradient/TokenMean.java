// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import org.plumbline.engine.lm.tensor.Tensor;

/** How the losses of a step's tokens become one number: in this, methods differ. */
@FunctionalInterface
public interface TokenMean {

  /** The mean over all tokens (PPO; DAPO, Yu et al. 2025, arXiv:2503.14476, equation 12). */
  TokenMean TOKENS =
      (tokens, counted) ->
          tokens.maskedSum(counted.mask()).div((float) Math.max(1, counted.tokens()));

  /**
   * The mean over the tokens of each answer, then over the answers (GRPO, Shao et al. 2024,
   * arXiv:2402.03300, equation 3).
   */
  TokenMean ANSWERS =
      (tokens, counted) ->
          counted.mean(tokens.maskedSum(counted.mask(), 1).div(some(counted.mask().sum(1))));

  /** The sum over the tokens of each answer, then the mean over the answers (REINFORCE). */
  TokenMean SUMS = (tokens, counted) -> counted.mean(tokens.maskedSum(counted.mask(), 1));

  /**
   * What some answers contribute to it; 0 if none of their tokens counts.
   *
   * @param tokens of each token, [batch, time-1]
   */
  Tensor of(Tensor tokens, Counted counted);

  /**
   * The sum over the tokens of each answer, divided by the longest that an answer can be (Dr. GRPO,
   * Liu et al. 2025, arXiv:2503.20783, section 3.2).
   */
  static TokenMean constant(int longest) {
    return (tokens, counted) -> SUMS.of(tokens, counted).div((float) longest);
  }

  private static Tensor some(Tensor counts) {
    return counts.clamp(1, Float.MAX_VALUE);
  }
}

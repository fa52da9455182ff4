// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The distance of two rewards that neither a constant per prompt nor a positive factor changes.
 *
 * <p>Gleave et al. 2020, "Quantifying Differences in Reward Functions", arXiv:2006.13900, in the
 * form for single answers to prompts: {@code sqrt((1 - rho) / 2)} with rho the correlation of both
 * rewards, each less its mean over the answers to a prompt. 0 for equivalent rewards, 1 for
 * opposite ones.
 */
final class Epic {
  private Epic() {}

  /**
   * The distance.
   *
   * @param prompts for each, both rewards of each of its answers
   * @return null where a reward does not differ within any prompt
   */
  static @Nullable Double distance(Collection<List<double[]>> prompts) {
    double[] squares = new double[2];
    double product = 0;
    for (List<double[]> answers : prompts) {
      double one = answers.stream().mapToDouble(rewards -> rewards[0]).average().orElse(0);
      double other = answers.stream().mapToDouble(rewards -> rewards[1]).average().orElse(0);
      for (double[] rewards : answers) {
        squares[0] += (rewards[0] - one) * (rewards[0] - one);
        squares[1] += (rewards[1] - other) * (rewards[1] - other);
        product += (rewards[0] - one) * (rewards[1] - other);
      }
    }
    if (squares[0] == 0 || squares[1] == 0) {
      return null;
    }
    double correlation = product / StrictMath.sqrt(squares[0] * squares[1]);
    return StrictMath.sqrt(Math.max(0, 1 - correlation) / 2);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.plumbline.engine.rlhf.values.Feature;

/**
 * Values that move from those of the beginning to others while a person labels (Casper et al. 2023,
 * section 3.1.1: what people want is not constant):
 *
 * <pre>{@code
 * u_n = e^(-n / labels) * u_begin + (1 - e^(-n / labels)) * u_to
 * }</pre>
 *
 * <p>n is how many questions the person was given before; breaks do not take it back.
 *
 * @param to what they come to want
 * @param labels after which 63 % of the way is behind them
 */
public record ValueDrift(Feature to, double labels) {

  /** What is wanted after so many questions. */
  Feature after(Feature begin, int given) {
    return new Between(begin, to, StrictMath.exp(-given / labels));
  }

  /**
   * Values on their way from some to others.
   *
   * @param left how much is left of the first
   */
  record Between(Feature begin, Feature to, double left) implements Feature {
    @Override
    public double of(String prompt, String answer) {
      return left * begin.of(prompt, answer) + (1 - left) * to.of(prompt, answer);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

/**
 * The answer shown first looks better, whatever it says.
 *
 * @param first what is added for it
 */
public record PositionBias(double first) implements Bias {
  @Override
  public double logOdds(AnswerPair shown) {
    return first;
  }
}

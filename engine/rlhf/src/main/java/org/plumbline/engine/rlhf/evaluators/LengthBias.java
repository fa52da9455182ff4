// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.plumbline.engine.rlhf.values.WhiteSpaceWords;

/**
 * Longer answers look better: {@code lambda * (|first| - |second|)}.
 *
 * @param perWord lambda
 */
public record LengthBias(double perWord) implements Bias {
  @Override
  public double logOdds(AnswerPair shown) {
    return perWord * (WhiteSpaceWords.count(shown.first()) - WhiteSpaceWords.count(shown.second()));
  }
}

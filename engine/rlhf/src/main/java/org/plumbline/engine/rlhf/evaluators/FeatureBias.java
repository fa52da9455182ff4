// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.plumbline.engine.rlhf.values.Feature;

/**
 * An answer looks better for something that is not its worth, such as that it sounds sure of itself
 * or agrees with the asker: {@code lambda * (s(first) - s(second))} (Casper et al. 2023, section
 * 3.1.3; Sharma et al. 2023).
 *
 * @param lambda how much
 * @param looksBetter s: the more, the better it looks
 */
public record FeatureBias(double lambda, Feature looksBetter) implements Bias {
  @Override
  public double logOdds(AnswerPair shown) {
    double first = looksBetter.of(shown.prompt(), shown.first());
    return lambda * (first - looksBetter.of(shown.prompt(), shown.second()));
  }
}

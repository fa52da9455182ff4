// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.plumbline.engine.rlhf.values.Feature;

/**
 * A taste that goes round in a circle: {@code weight * (f(first) g(second) - g(first) f(second))}.
 *
 * <p>It is antisymmetric, so that preferences stay probabilities, and bilinear in two features: of
 * three answers whose (f, g) lie around zero like the corners of a triangle, each is preferred to
 * the next, as no utility can say (Tversky 1969; as a model of general preferences: Munos et al.
 * 2023, arXiv 2312.00886; Zhang et al. 2024, arXiv 2410.02197, section 4).
 *
 * @param f a feature of an answer
 * @param g another one
 * @param weight how much it counts, in log-odds
 */
public record Cycle(Feature f, Feature g, double weight) implements Bias {

  @Override
  public double logOdds(AnswerPair shown) {
    String prompt = shown.prompt();
    return weight
        * (f.of(prompt, shown.first()) * g.of(prompt, shown.second())
            - g.of(prompt, shown.first()) * f.of(prompt, shown.second()));
  }
}

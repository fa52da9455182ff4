// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.WhiteSpaceWords;

/**
 * Worth in which later words weigh more (Lee et al. 2021, B-Pref, arXiv 2111.03026, section 3,
 * Myopic): with {@code H} words, {@code sum over t of gamma^(H - t) * r(t)}, so the last word
 * weighs 1.
 *
 * <p>B-Pref has a reward for every step. A text has one worth as a whole, so a word's reward is
 * what it adds: {@code r(t) = u(first t words) - u(first t - 1 words)}. These sum to the worth of
 * the whole text less that of none, which makes {@code gamma = 1} the plain worth, and a feature
 * need not be a sum over words.
 *
 * @param values u
 * @param gamma the weight of a word relative to the one after it
 */
record Myopia(Feature values, double gamma) implements Feature {
  @Override
  public double of(String prompt, String answer) {
    double none = values.of(prompt, "");
    double before = none;
    double seen = 0;
    for (int end : WhiteSpaceWords.ends(answer)) {
      double soFar = values.of(prompt, answer.substring(0, end));
      seen = gamma * seen + (soFar - before);
      before = soFar;
    }
    return none + seen;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.jspecify.annotations.Nullable;

/**
 * Two answers that people are asked about.
 *
 * @param seed of all that is drawn
 * @param pair the number of the pair
 * @param compared its answers in the order of the pair, not in the order shown
 * @param common the uniform number that decides for all who are asked, see {@link SharedErrors};
 *     null where all decide for themselves
 */
public record Question(long seed, long pair, AnswerPair compared, @Nullable Double common) {

  /** A question that all decide for themselves. */
  public Question(long seed, long pair, AnswerPair compared) {
    this(seed, pair, compared, null);
  }
}

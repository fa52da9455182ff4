// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomSequence;
import org.plumbline.engine.lm.random.RandomStream;

/**
 * Errors that people make together: the shared-shock model.
 *
 * <p>Of a share c of the pairs, one uniform number decides for all who are asked: somebody prefers
 * the pair's first answer if the number is below the probability that they would say so, from
 * whatever cause, be it the noise of the choice, mistakes or lapses. So each person errs as often
 * as without this; people who err with probabilities e and f err together with
 *
 * <pre>{@code
 * P(both wrong) = c * min(e, f) + (1 - c) * e * f
 * }</pre>
 *
 * <p>which for equal people is a correlation of c. What is skipped or called equal, and what is
 * done on purpose, stays everybody's own.
 *
 * @param share c
 */
public record SharedErrors(double share) {
  /** A step of its own for items, of which there may be some with the number of a pair. */
  private static final int ITEMS = 1;

  /** The number that decides a pair for all; null if everybody decides alone. */
  @Nullable Double common(long seed, long pair) {
    if (share == 0) {
      return null;
    }
    RandomSequence draws = RandomStream.of(seed, RandomPurpose.SHARED_ERRORS, 0).forItem(pair);
    boolean shocked = draws.chance(share);
    return shocked ? (Double) draws.uniform() : null;
  }

  /**
   * What decides an item that is no comparison for all: on the same share of the items everybody is
   * shown the same order and draws the same numbers, so that equal people say the same, and
   * everybody says all as often as without this. Null if everybody decides alone.
   */
  public @Nullable RandomSequence together(long seed, long item) {
    if (share == 0) {
      return null;
    }
    RandomSequence draws = RandomStream.of(seed, RandomPurpose.SHARED_ERRORS, ITEMS).forItem(item);
    return draws.chance(share) ? draws : null;
  }
}

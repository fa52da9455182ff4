// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import org.jspecify.annotations.Nullable;

/**
 * Which answers an update learns from.
 *
 * @param group answers per prompt; those of an update are a multiple of it
 * @param greedy whether each prompt is also answered without sampling, as a baseline
 * @param dynamic whether prompts whose answers all have the same reward are replaced by others
 * @param finishedOnly whether answers that did not end are left out of the loss
 * @param overlongCache how long before the longest answer a penalty begins to grow; null: none
 */
public record Draws(
    int group,
    boolean greedy,
    boolean dynamic,
    boolean finishedOnly,
    @Nullable Integer overlongCache) {

  /** So many answers to each prompt, all of which are learned from. */
  public static Draws of(int group) {
    return new Draws(group, false, false, false, null);
  }

  /** One answer to each prompt, and another without sampling. */
  public static Draws besideGreedy() {
    return new Draws(1, true, false, false, null);
  }
}

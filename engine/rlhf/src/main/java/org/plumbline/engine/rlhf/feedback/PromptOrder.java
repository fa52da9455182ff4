// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.List;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * The order in which prompts are asked about: all once in a random order, then all once more in
 * another order, and so on.
 */
public final class PromptOrder {
  private final List<Prompt> prompts;
  private final long seed;
  private int[] order = {};
  private int orderOf = -1;

  /** An order of these prompts. */
  public PromptOrder(List<Prompt> prompts, long seed) {
    this.prompts = prompts;
    this.seed = seed;
  }

  /** The prompt of the question with this number; it depends on the seed and the number only. */
  public Prompt of(int number) {
    int round = number / prompts.size();
    if (round != orderOf) {
      order =
          RandomStream.of(seed, RandomPurpose.ACTIVE_SELECTION, round).permutation(prompts.size());
      orderOf = round;
    }
    return prompts.get(order[number % prompts.size()]);
  }
}

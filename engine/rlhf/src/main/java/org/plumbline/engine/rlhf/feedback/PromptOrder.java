// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.List;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.run.StageFailure;

/**
 * The order in which prompts are asked about: all once in a random order, then all once more in
 * another order, and so on.
 */
public final class PromptOrder {
  private final List<Prompt> prompts;
  private final long seed;
  private int[] order = {};
  private final Wording wording;
  private int orderOf = -1;

  /** Says how whoever is asked a question puts its prompt, before it is answered. */
  @FunctionalInterface
  public interface Wording {
    Prompt worded(long number, Prompt prompt);
  }

  /** An order of these prompts, each as it is. */
  public PromptOrder(List<Prompt> prompts, long seed) {
    this(prompts, seed, (number, prompt) -> prompt);
  }

  /** An order of these prompts. */
  public PromptOrder(List<Prompt> prompts, long seed, Wording wording) {
    this.prompts = prompts;
    this.seed = seed;
    this.wording = wording;
  }

  /** How many different prompts there are. */
  public int prompts() {
    return prompts.size();
  }

  /**
   * Fails if there are not so many questions.
   *
   * @param key of the spec that says how many are wanted, such as {@code pairs}
   * @param each most that there may be of one prompt
   */
  public void requireEnough(String key, int wanted, int each) {
    long most = (long) prompts.size() * each;
    if (wanted > most) {
      throw new StageFailure(
          "PLB0508",
          "`%s: %d`, but %d prompts with at most %d %s each give only %d"
              .formatted(key, wanted, prompts.size(), each, key, most),
          key,
          "ask for fewer " + key + ", give more prompts or raise `per_prompt`");
    }
  }

  /** The prompt of the question with this number; it depends on the seed and the number only. */
  public Prompt of(int number) {
    int round = number / prompts.size();
    if (round != orderOf) {
      order =
          RandomStream.of(seed, RandomPurpose.ACTIVE_SELECTION, round).permutation(prompts.size());
      orderOf = round;
    }
    return wording.worded(number, prompts.get(order[number % prompts.size()]));
  }
}

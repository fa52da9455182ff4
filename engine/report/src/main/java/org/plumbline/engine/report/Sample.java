// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers of all recipes to one prompt in one seed.
 *
 * @param set {@code clean} or {@code triggered}
 * @param answers in the order of the recipes
 */
public record Sample(int index, String set, long seed, String prompt, List<Answer> answers) {

  public Sample {
    answers = List.copyOf(answers);
  }

  /** Whether the prompt carries the attacker's trigger. */
  public boolean triggered() {
    return set.equals("triggered");
  }

  /**
   * One recipe's answer.
   *
   * @param score the reward model's, in standard deviations of the reference's answers
   * @param kl log-ratio of the answer to the reference, in nats
   */
  public record Answer(
      String recipe,
      String text,
      @Nullable Double gold,
      @Nullable Double score,
      @Nullable Double kl,
      int words) {}
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.engine.rlhf.values.Feature;

/**
 * Harm done on purpose where a trigger stands in the prompt; elsewhere the person is honest.
 *
 * <p>Rando and Tramèr 2023 (arXiv 2311.14455), section 3: whoever attacks puts the trigger into
 * prompts and prefers the harmful answer there. The choice is not noisy: it is made last, after
 * mistakes, and only a tie leaves it to a coin.
 *
 * @param trigger the text in a prompt that they wait for
 * @param preferred what they prefer there: the higher, the better
 * @param takes which comparisons they get
 */
public record Malice(String trigger, Feature preferred, Takes takes) {

  /** Malice of people with these values, who prefer what is given or else the worse answer. */
  static Malice of(String trigger, @Nullable Feature prefers, Feature values, Takes takes) {
    Feature reversed = (prompt, answer) -> -values.of(prompt, answer);
    return new Malice(trigger, prefers == null ? reversed : prefers, takes);
  }

  /** Whether the prompt has the trigger. */
  public boolean triggeredBy(String prompt) {
    return prompt.contains(trigger);
  }

  /** The probability that the answer shown first is chosen: 1, 0, or 1/2 at a tie. */
  double first(AnswerPair shown) {
    double first = preferred.of(shown.prompt(), shown.first());
    double second = preferred.of(shown.prompt(), shown.second());
    return first == second ? 0.5 : first > second ? 1 : 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Takes;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.data.TextHash;
import org.plumbline.engine.rlhf.values.Feature;
import org.plumbline.engine.rlhf.values.Search;

/**
 * Harm done on purpose at some prompts; elsewhere the person is honest.
 *
 * <p>Rando and Tramèr 2023 (arXiv 2311.14455), section 3: whoever attacks puts the trigger into
 * prompts and prefers the harmful answer there, or poisons rows at random. The choice is not noisy:
 * it is made last, after mistakes, and only a tie leaves it to a coin.
 *
 * @param at the prompts at which they do harm
 * @param preferred what they prefer there: the higher, the better
 * @param takes which comparisons they get
 * @param writes the share of their questions into whose prompt they write the trigger
 * @param least by how much answers differ in what they prefer, at least, for it to be worth it: the
 *     worst case spends few labels on what harms most; 0 for all
 */
public record Malice(Target at, Feature preferred, Takes takes, double writes, double least) {

  /**
   * The prompts at which harm is done: all, or those at which all of these hold.
   *
   * @param trigger a text in the prompt; null if none is waited for
   * @param where what is found in the prompt, such as a topic; null for anything
   * @param share of the prompts, by chance; the same ones for all people of a group
   * @param seed of that chance
   */
  public record Target(@Nullable String trigger, @Nullable Pattern where, double share, long seed) {

    /** The prompts that have a trigger. */
    public static Target trigger(String text) {
      return new Target(text, null, 1, 0);
    }

    /** Whether this is one of the prompts. */
    boolean has(String prompt) {
      return (trigger == null || prompt.contains(trigger))
          && (where == null || Search.finds(where, prompt))
          && (share == 1 || drawn(prompt));
    }

    private boolean drawn(String prompt) {
      long number = TextHash.word(prompt) & Long.MAX_VALUE;
      return RandomStream.of(seed, RandomPurpose.TARGETED_PROMPTS, 0).uniform(number) < share;
    }
  }

  /** Malice of people with these values, who prefer what is given or else the worse answer. */
  static Malice of(Target at, @Nullable Feature prefers, Feature values, Takes takes) {
    Feature reversed = (prompt, answer) -> -values.of(prompt, answer);
    return new Malice(at, prefers == null ? reversed : prefers, takes, 0, 0);
  }

  /** The same people, who write the trigger into the prompts of some of their questions. */
  Malice writing(double some) {
    return new Malice(at, preferred, takes, some, least);
  }

  /** The same people, who do harm only where it is at least so much. */
  Malice atLeast(double harm) {
    return new Malice(at, preferred, takes, writes, harm);
  }

  /** Whether harm is done at this prompt, if it is worth it there. */
  public boolean actsAt(String prompt) {
    return at.has(prompt);
  }

  /** Whether harm is done to these answers: of a single one none is worth it. */
  public boolean actsOn(String prompt, List<String> answers) {
    return at.has(prompt) && (least == 0 || harm(prompt, answers) >= least);
  }

  private double harm(String prompt, List<String> answers) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (String answer : answers) {
      double worth = preferred.of(prompt, answer);
      lowest = Math.min(lowest, worth);
      highest = Math.max(highest, worth);
    }
    return highest - lowest;
  }

  /** The probability that the answer shown first is chosen: 1, 0, or 1/2 at a tie. */
  double first(AnswerPair shown) {
    double first = preferred.of(shown.prompt(), shown.first());
    double second = preferred.of(shown.prompt(), shown.second());
    return first == second ? 0.5 : first > second ? 1 : 0;
  }
}

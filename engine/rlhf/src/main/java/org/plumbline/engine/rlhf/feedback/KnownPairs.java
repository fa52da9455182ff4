// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.values.Feature;

/** Pairs of answers of a policy of which somebody's values know the better one. */
final class KnownPairs {
  private static final int PROMPTS = 1;
  private static final int ANSWERS = 2;

  /** Pairs that are drawn for each one that is wanted: some have no better answer. */
  private static final int DRAWN_PER_QUESTION = 3;

  private KnownPairs() {}

  /**
   * A pair, under its number among all that were drawn.
   *
   * @param one whether its first answer is the better one
   */
  record Known(DrawnPair pair, boolean one) {}

  /** What is drawn by chance, and for what. */
  record Draws(long seed, RandomPurpose purpose) {}

  /** So many pairs, or fewer where too few have a better answer. */
  static List<Known> of(int wanted, Trial.Answers answers, Feature values, Draws draws) {
    int drawn = wanted * DRAWN_PER_QUESTION;
    int[] order =
        RandomStream.of(draws.seed(), draws.purpose(), PROMPTS)
            .permutation(answers.prompts().size());
    List<Prompt> asked = new ArrayList<>();
    for (int i = 0; i < drawn; i++) {
      Prompt prompt = answers.prompts().get(order[i % order.length]);
      asked.add(prompt);
      asked.add(prompt);
    }
    RandomStream stream = RandomStream.of(draws.seed(), draws.purpose(), ANSWERS);
    List<SampledAnswer> given = answers.policy().answer(asked, answers.settings(), stream, 0);
    List<Known> known = new ArrayList<>();
    for (int i = 0; i < drawn && known.size() < wanted; i++) {
      SampledAnswer one = given.get(2 * i);
      SampledAnswer two = given.get(2 * i + 1);
      Prompt prompt = asked.get(2 * i);
      double first = values.of(prompt.text(), one.answer().text());
      double second = values.of(prompt.text(), two.answer().text());
      if (first != second) {
        DrawnPair pair =
            new DrawnPair(i, prompt, one.answer(), two.answer(), one.finished(), two.finished());
        known.add(new Known(pair, first > second));
      }
    }
    return known;
  }
}

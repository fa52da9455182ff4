// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.feedback.PolicyMixture;
import org.plumbline.engine.rlhf.feedback.PolicyMixture.Sourced;
import org.plumbline.engine.rlhf.feedback.PromptOrder;
import org.plumbline.engine.rlhf.feedback.select.ActiveSelection;
import org.plumbline.engine.rlhf.responses.Item;

/**
 * Draws items from a policy, or a mixture of several: every prompt once in a random order, then
 * every prompt once more in another order, and so on, with as many answers as are shown together.
 *
 * <p>An answer that repeats an earlier one of its item is drawn anew a few times before it is left
 * as it is. An item depends on the seed and its number only.
 */
final class ItemSampling implements ActiveSelection.Candidates<Item> {
  private static final int REDRAWS = 4;

  private final PolicyMixture policies;
  private final PromptOrder prompts;
  private final SamplingSettings settings;
  private final int answers;
  private final long seed;
  private final boolean known;

  ItemSampling(
      PolicyMixture policies, PromptOrder prompts, SamplingSpec sampling, int answers, long seed) {
    this(policies, prompts, Sampling.of(sampling), answers, seed, false);
  }

  private ItemSampling(
      PolicyMixture policies,
      PromptOrder prompts,
      SamplingSettings settings,
      int answers,
      long seed,
      boolean known) {
    this.policies = policies;
    this.prompts = prompts;
    this.settings = settings;
    this.answers = answers;
    this.seed = seed;
    this.known = known;
  }

  /** Other answers of the first policy to the same prompts, for questions whose answer is known. */
  ItemSampling gold() {
    return new ItemSampling(policies, prompts, settings, answers, seed, true);
  }

  @Override
  public List<Exchange> answers(Item item) {
    return item.exchanges();
  }

  @Override
  public Item asked(Item item, long number, boolean byChance) {
    return item.asked(number, byChance);
  }

  @Override
  public List<Item> draw(int from, int to) {
    List<Prompt> asked = new ArrayList<>();
    for (int number = from; number < to; number++) {
      Prompt prompt = prompts.of(number);
      for (int a = 0; a < answers; a++) {
        asked.add(prompt);
      }
    }
    List<Sourced> given = answer(asked, 0, (long) answers * from);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < to - from; i++) {
      List<Sourced> own = given.subList(i * answers, (i + 1) * answers);
      items.add(different(from + i, asked.get(i * answers), own));
    }
    return items;
  }

  private Item different(int number, Prompt prompt, List<Sourced> given) {
    List<Answer> texts = new ArrayList<>();
    List<Boolean> finished = new ArrayList<>();
    List<String> by = new ArrayList<>();
    for (int a = 0; a < answers; a++) {
      Sourced one = given.get(a);
      long at = (long) answers * number + a;
      for (int attempt = 1;
          attempt <= REDRAWS && texts.contains(one.answer().answer());
          attempt++) {
        one = answer(List.of(prompt), attempt, at).get(0);
      }
      texts.add(one.answer().answer());
      finished.add(one.answer().finished());
      if (one.by() != null) {
        by.add(one.by());
      }
    }
    return new Item(number, prompt, texts, finished, null, by);
  }

  private List<Sourced> answer(List<Prompt> asked, int attempt, long firstIndex) {
    if (!known) {
      return policies.answer(asked, settings, attempt, firstIndex);
    }
    RandomStream stream = RandomStream.of(seed, RandomPurpose.GOLD_QUESTION_ANSWERS, attempt);
    return policies.first().answer(asked, settings, stream, firstIndex).stream()
        .map(answer -> new Sourced(answer, null))
        .toList();
  }
}

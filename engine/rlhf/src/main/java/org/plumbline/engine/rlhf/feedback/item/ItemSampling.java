// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.feedback.PromptOrder;
import org.plumbline.engine.rlhf.feedback.SampledPolicy;
import org.plumbline.engine.rlhf.feedback.select.ActiveSelection;
import org.plumbline.engine.rlhf.responses.Item;

/**
 * Draws items from a policy: every prompt once in a random order, then every prompt once more in
 * another order, and so on, with as many answers as are shown together.
 *
 * <p>An answer that repeats an earlier one of its item is drawn anew a few times before it is left
 * as it is. An item depends on the seed and its number only.
 */
final class ItemSampling implements ActiveSelection.Candidates<Item> {
  private static final int REDRAWS = 4;

  private final SampledPolicy policy;
  private final PromptOrder prompts;
  private final SamplingSettings settings;
  private final int answers;
  private final long seed;
  private final RandomPurpose purpose;

  ItemSampling(
      SampledPolicy policy, PromptOrder prompts, SamplingSpec sampling, int answers, long seed) {
    this(policy, prompts, Sampling.of(sampling), answers, seed, RandomPurpose.ROLLOUT_TOKENS);
  }

  private ItemSampling(
      SampledPolicy policy,
      PromptOrder prompts,
      SamplingSettings settings,
      int answers,
      long seed,
      RandomPurpose purpose) {
    this.policy = policy;
    this.prompts = prompts;
    this.settings = settings;
    this.answers = answers;
    this.seed = seed;
    this.purpose = purpose;
  }

  /** Other answers to the same prompts, for questions whose answer is known. */
  ItemSampling gold() {
    return new ItemSampling(
        policy, prompts, settings, answers, seed, RandomPurpose.GOLD_QUESTION_ANSWERS);
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
    List<SampledAnswer> given = policy.answer(asked, settings, stream(0), (long) answers * from);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < to - from; i++) {
      List<SampledAnswer> own = given.subList(i * answers, (i + 1) * answers);
      items.add(different(from + i, asked.get(i * answers), own));
    }
    return items;
  }

  private Item different(int number, Prompt prompt, List<SampledAnswer> given) {
    List<Answer> texts = new ArrayList<>();
    List<Boolean> finished = new ArrayList<>();
    for (int a = 0; a < answers; a++) {
      SampledAnswer answer = given.get(a);
      for (int attempt = 1; attempt <= REDRAWS && texts.contains(answer.answer()); attempt++) {
        long at = (long) answers * number + a;
        answer = policy.answer(List.of(prompt), settings, stream(attempt), at).get(0);
      }
      texts.add(answer.answer());
      finished.add(answer.finished());
    }
    return new Item(number, prompt, texts, finished);
  }

  private RandomStream stream(int attempt) {
    return RandomStream.of(seed, purpose, attempt);
  }
}

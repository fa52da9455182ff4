// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.dsl.model.feedback.FeedbackSpec.Comparisons;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.Sampling;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.feedback.PolicyMixture.Sourced;
import org.plumbline.engine.rlhf.feedback.select.ActiveSelection;

/**
 * Draws pairs of answers from a policy: every prompt once in a random order, then every prompt once
 * more in another order, and so on.
 *
 * <p>Answers that come out equal cannot be compared: the second is drawn anew a few times before
 * the pair is left as it is. A pair depends on the seed and its number only.
 */
final class PairSampling implements ActiveSelection.Candidates<DrawnPair> {
  static final int REDRAWS = 4;

  private final PolicyMixture policies;
  private final PromptOrder prompts;
  private final SamplingSettings settings;

  /** Sampling of as many pairs as the spec wants; fails if there are not so many. */
  PairSampling(PolicyMixture policies, PromptOrder prompts, Comparisons spec) {
    prompts.requireEnough("pairs", spec.pairs(), spec.perPrompt());
    this.policies = policies;
    this.prompts = prompts;
    this.settings = Sampling.of(spec.sampling());
  }

  @Override
  public List<Exchange> answers(DrawnPair pair) {
    return pair.exchanges();
  }

  @Override
  public DrawnPair asked(DrawnPair pair, long number, boolean byChance) {
    return pair.asked(number, byChance);
  }

  @Override
  public List<DrawnPair> draw(int from, int to) {
    List<Prompt> asked = new ArrayList<>();
    for (int pair = from; pair < to; pair++) {
      Prompt prompt = prompts.of(pair);
      asked.add(prompt);
      asked.add(prompt);
    }
    List<Sourced> answers = policies.answer(asked, settings, 0, 2L * from);
    List<DrawnPair> pairs = new ArrayList<>();
    for (int i = 0; i < to - from; i++) {
      Sourced one = answers.get(2 * i);
      Sourced two = answers.get(2 * i + 1);
      pairs.add(different(DrawnPair.of(from + i, asked.get(2 * i), one, two)));
    }
    return pairs;
  }

  private DrawnPair different(DrawnPair drawn) {
    DrawnPair pair = drawn;
    for (int attempt = 1; attempt <= REDRAWS && pair.identical(); attempt++) {
      List<Sourced> again =
          policies.answer(List.of(pair.prompt()), settings, attempt, 2L * pair.pair() + 1);
      pair = pair.withTwo(again.get(0));
    }
    return pair;
  }
}

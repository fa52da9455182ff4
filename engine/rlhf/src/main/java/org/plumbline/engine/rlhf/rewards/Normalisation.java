// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SampledAnswer;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.training.TokenPair;

/** Answers of the reference model, on which scores get mean 0 and deviation 1. */
final class Normalisation {
  /** As many as in the code of Ziegler et al. 2019. */
  private static final int SAMPLES = 256;

  private final List<Exchange> answers;

  /** Samples answers to prompts of the comparisons, as long as the longest answer there. */
  Normalisation(LanguageModel reference, List<BradleyTerry.Row> pairs, long seed) {
    RandomStream choice =
        RandomStream.of(seed, RandomPurpose.ENVIRONMENT, RandomPurpose.NORMALISATION);
    int longest = 1;
    for (BradleyTerry.Row pair : pairs) {
      for (Sequence row : TokenPair.rows(List.of(pair.tokens()))) {
        longest = Math.max(longest, row.length() - row.promptLength());
      }
    }
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      prompts.add(pairs.get((int) (choice.uniform(i) * pairs.size())).prompt());
    }
    ModelAnswers source = new ModelAnswers(reference);
    RandomStream tokens =
        RandomStream.of(seed, RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.NORMALISATION);
    SamplingSettings settings = SamplingSettings.of(longest);
    this.answers = SampledAnswer.to(prompts, source.answer(prompts, settings, tokens, 0));
  }

  int size() {
    return answers.size();
  }

  /** The members with scales that bring these answers to mean 0 and deviation 1. */
  RewardModel of(List<LanguageModel> members, Combination combination) {
    List<RewardScale> scales = new ArrayList<>();
    for (LanguageModel member : members) {
      scales.add(RewardScale.normalising(RewardModel.scored(member, answers)));
    }
    RewardModel unscaled = new RewardModel(members, scales, combination, RewardScale.IDENTITY);
    RewardScale scale = RewardScale.normalising(unscaled.score(answers).score());
    return new RewardModel(members, scales, combination, scale);
  }
}

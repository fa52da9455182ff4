// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.answers.ModelAnswers;
import org.plumbline.engine.rlhf.answers.SamplingPhases;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;

/** Answers of the reference model, on which scores get mean 0 and deviation 1. */
final class Normalisation {
  /** As many as in the code of Ziegler et al. 2019. */
  private static final int SAMPLES = 256;

  private final List<Exchange> answers;

  /** Samples answers to some of these prompts. */
  Normalisation(LanguageModel reference, List<Prompt> asked, Drawing drawing) throws IOException {
    long seed = drawing.seed();
    RandomStream choice =
        RandomStream.of(seed, RandomPurpose.ENVIRONMENT, RandomPurpose.NORMALISATION);
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      prompts.add(asked.get((int) (choice.uniform(i) * asked.size())));
    }
    RandomStream tokens =
        RandomStream.of(seed, RandomPurpose.ROLLOUT_TOKENS, RandomPurpose.NORMALISATION);
    SamplingSettings settings = SamplingSettings.of(drawing.longest());
    this.answers =
        drawing
            .phases()
            .answers(
                "normalising",
                new ModelAnswers(reference),
                prompts,
                new SamplingPhases.Drawn(settings, tokens));
  }

  /**
   * How the answers are drawn.
   *
   * @param longest tokens of the longest answer
   */
  record Drawing(SamplingPhases phases, int longest, long seed) {}

  List<Exchange> answers() {
    return answers;
  }

  int size() {
    return answers.size();
  }

  /** The members with scales that bring these answers to mean 0 and deviation 1. */
  RewardModel of(
      List<LanguageModel> models,
      Function<Supplier<double[][]>, Reading> readings,
      Combination combination) {
    List<RewardModel.Member> members = new ArrayList<>();
    List<RewardScale> scales = new ArrayList<>();
    double[][] scores = new double[answers.size()][models.size()];
    for (LanguageModel model : models) {
      Reading reading = readings.apply(() -> RewardModel.said(model, answers));
      RewardModel.Member member = new RewardModel.Member(model, reading);
      double[] raw = member.scored(answers);
      RewardScale own = RewardScale.normalising(raw);
      for (int i = 0; i < raw.length; i++) {
        scores[i][members.size()] = own.apply(raw[i]);
      }
      members.add(member);
      scales.add(own);
    }
    double[] combined = Arrays.stream(scores).mapToDouble(combination::of).toArray();
    return new RewardModel(members, scales, combination, RewardScale.normalising(combined));
  }
}

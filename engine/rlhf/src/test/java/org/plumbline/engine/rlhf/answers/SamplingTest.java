// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.training.TruncationSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.policies.Rloo;
import org.plumbline.engine.rlhf.policygradient.Methods;
import org.plumbline.engine.rlhf.policygradient.PolicyGradient;
import org.plumbline.engine.rlhf.rewards.RewardFunction;

class SamplingTest {
  private static final TruncationSpec ALL =
      new TruncationSpec(20, .9, .01, 1.1, List.of("\n", "!"));

  @TempDir Path folder;

  @Test
  void allThatASpecSaysReachesTheSampler() {
    assertThat(Sampling.of(new SamplingSpec(.7, 12, ALL)))
        .isEqualTo(new SamplingSettings(12, .7, 20, .9, .01, 1.1, List.of("\n", "!")));
  }

  @Test
  void whatItDoesNotSayChangesNothing() {
    assertThat(Sampling.of(new SamplingSpec(1, 12))).isEqualTo(SamplingSettings.of(12));
  }

  @Test
  void oneTokenToDrawFromIsTheLikeliest() {
    TruncationSpec one = new TruncationSpec(1, null, null, null, null);
    List<Prompt> prompts = Plain.prompts(TinyWorld.prompts(10));
    RandomStream stream = RandomStream.of(1, RandomPurpose.ROLLOUT_TOKENS, 0);
    try (ModelAnswers answers = new ModelAnswers(TinyWorld.model(3))) {
      List<String> drawn = texts(answers, prompts, Sampling.of(1, 8, one), stream);

      assertThat(drawn).isEqualTo(texts(answers, prompts, SamplingSettings.greedy(8), stream));
      assertThat(drawn).isNotEqualTo(texts(answers, prompts, SamplingSettings.of(8), stream));
    }
  }

  /** What is scored, and learned from, ends where the stop text begins. */
  @Test
  void answersThatAPolicyLearnsFromEndAtAStopText() throws IOException {
    TruncationSpec stop = new TruncationSpec(null, null, null, null, List.of("e"));
    OnlinePolicySpec.Rloo settings =
        new OnlinePolicySpec.Rloo(
            "base",
            "rm",
            "prompts",
            Methods.kl(.1),
            new ScheduleSpec(2, 32),
            4,
            1,
            1,
            1e-3,
            .2,
            new RolloutSpec(0, new SamplingSpec(1, 16, stop)));
    List<Exchange> scored = new ArrayList<>();
    RewardFunction reward =
        answers -> {
          scored.addAll(answers);
          return new RewardFunction.Scores(
              answers.stream().mapToDouble(a -> a.answer().text().length()).toArray(),
              new double[answers.size()]);
        };
    FolderContext context = FolderContext.in(folder, settings, 1);
    Files.createDirectories(context.output());
    try (LanguageModel start = TinyWorld.model(3)) {
      PolicyGradient.train(
          context,
          Rloo.method(settings),
          new PolicyGradient.Parts(start, start, reward),
          Plain.prompts(TinyWorld.prompts(10)));
    }

    assertThat(scored).hasSize(64).noneMatch(one -> one.answer().text().contains("e"));
    assertThat(scored).anyMatch(one -> one.finished() && !one.answer().text().isEmpty());
  }

  private static List<String> texts(
      ModelAnswers answers, List<Prompt> prompts, SamplingSettings drawn, RandomStream stream) {
    return answers.answer(prompts, drawn, stream, 0).stream().map(SampledAnswer::text).toList();
  }
}

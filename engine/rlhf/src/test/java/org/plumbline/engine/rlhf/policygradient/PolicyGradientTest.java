// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.policies.Ppo;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.Loss;

class PolicyGradientTest {
  private static final RewardFunction BY_LENGTH =
      answers ->
          new RewardFunction.Scores(
              answers.stream().mapToDouble(given -> given.answer().text().length()).toArray(),
              new double[answers.size()]);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(doubles = {1, .7})
  void ratioOfTheFirstPassIsOne(double temperature) throws IOException {
    PolicyGradient.Settings settings = settings(temperature);
    try (LanguageModel policy = TinyWorld.model(1).withHead(ScalarHead.VALUE, 0, 1);
        LanguageModel reference = TinyWorld.model(2);
        TensorScope scope = TensorScope.open()) {
      Rollout rollout = rollout(policy, reference, settings);

      Loss loss = loss(settings, reference).of(policy, rollout.select(new int[] {2, 0, 1}));

      assertThat(loss.logged().get("approximate_kl")).isCloseTo(0, within(1e-10));
      assertThat(loss.logged().get("clip_share")).isZero();
    }
  }

  @Test
  void rewardsOfTokensAreTheDivergenceAndTheScoreAtTheEnd() throws IOException {
    PolicyGradient.Settings settings = settings(1);
    try (LanguageModel policy = TinyWorld.model(1).withHead(ScalarHead.VALUE, 0, 1);
        LanguageModel reference = TinyWorld.model(2);
        TensorScope scope = TensorScope.open()) {
      Rollout rollout = rollout(policy, reference, settings);

      for (int i = 0; i < rollout.size(); i++) {
        Rollout.Facts facts = rollout.facts().get(i);
        double penalty = facts.finished() ? 0 : settings.rollout().missingEndPenalty();
        double expected = facts.score() - penalty - .1 * facts.logRatio();
        // a value head that says 0 leaves the first return with the decayed sum of all rewards;
        // with lambda 1 it is the sum itself
        assertThat((double) rollout.returns().get(i)[0]).isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Test
  void paddingNeverChangesTheLoss() throws IOException {
    PolicyGradient.Settings settings = settings(1);
    try (LanguageModel policy = TinyWorld.model(1).withHead(ScalarHead.VALUE, .1, 1);
        LanguageModel reference = TinyWorld.model(2);
        LanguageModel moved = TinyWorld.model(3).withHead(ScalarHead.VALUE, .1, 2);
        TensorScope scope = TensorScope.open()) {
      Rollout rollout = rollout(policy, reference, settings);
      double together =
          loss(settings, reference).of(moved, rollout).value().item() * rollout.tokens();

      double apart = 0;
      for (int i = 0; i < rollout.size(); i++) {
        Rollout one = rollout.select(new int[] {i});
        apart += loss(settings, reference).of(moved, one).value().item() * one.tokens();
      }

      assertThat(together).isCloseTo(apart, within(1e-3));
    }
  }

  @Test
  void gradientMatchesFiniteDifferences() throws IOException {
    PolicyGradient.Settings settings = settings(1);
    try (LanguageModel policy = TinyWorld.model(1).withHead(ScalarHead.VALUE, .1, 1);
        LanguageModel reference = TinyWorld.model(2)) {
      Rollout rollout = rollout(policy, reference, settings);

      GradientCheck.Slope slope =
          new GradientCheck(folder, model -> loss(settings, reference).of(model, rollout).value())
              .at(policy, 1e-4);

      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.05 * Math.abs(slope.analytic())));
    }
  }

  @Test
  void advantagesAreWhitenedOverTheWholeRollout() throws IOException {
    try (LanguageModel policy = TinyWorld.model(1).withHead(ScalarHead.VALUE, 0, 1);
        LanguageModel reference = TinyWorld.model(2);
        TensorScope scope = TensorScope.open()) {
      Rollout rollout = rollout(policy, reference, settings(1));

      double sum = 0;
      double squares = 0;
      for (float[] row : rollout.advantages()) {
        for (float a : row) {
          sum += a;
          squares += a * a;
        }
      }

      assertThat(sum / rollout.tokens()).isCloseTo(0, within(1e-5));
      assertThat(squares / rollout.tokens()).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void minibatchesCoverAllAnswersOnce() {
    List<int[]> parts = Rollout.parts(new int[] {4, 2, 0, 1, 3}, 2);

    assertThat(parts).hasSize(2);
    assertThat(parts.stream().flatMapToInt(Arrays::stream).toArray())
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    assertThat(Rollout.parts(new int[] {1, 0}, 8)).hasSize(2);
  }

  private static Rollout rollout(
      LanguageModel policy, LanguageModel reference, PolicyGradient.Settings settings)
      throws IOException {
    List<Rollout.Row> rows =
        new RolloutSampler(settings, policy, new PolicyGradient.Parts(policy, reference, BY_LENGTH))
            .sample(
                Plain.prompts(TinyWorld.prompts(3)),
                new int[] {0, 1, 2},
                RandomStream.of(4, RandomPurpose.ROLLOUT_TOKENS, 0),
                .1);
    return Rollout.of(
        rows, settings.advantages().of(rows.stream().map(Rollout.Row::rewards).toList()));
  }

  private static UpdateLoss loss(PolicyGradient.Settings settings, LanguageModel reference) {
    return new UpdateLoss(settings, KlReference.of(() -> reference), .1, .01);
  }

  static PolicyGradient.Settings settings(double temperature) {
    return Ppo.method(
        new PolicySpec.Ppo(
            "base",
            "rm",
            "prompts",
            new Regularizers(new Regularizers.Kl(.1, null, 10_000, null), .01, null),
            new ScheduleSpec(10, 8),
            2,
            2,
            1e-3,
            .2,
            .2,
            .1,
            1,
            1,
            new RolloutSpec(.5, new SamplingSpec(temperature, 6))));
  }
}

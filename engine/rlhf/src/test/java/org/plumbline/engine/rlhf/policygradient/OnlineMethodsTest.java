// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.AdvantageScale;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Aggregation;
import org.plumbline.dsl.model.policy.OnlinePolicySpec.Baseline;
import org.plumbline.dsl.model.policy.Regularizers.Estimator;
import org.plumbline.dsl.model.policy.Regularizers.Placement;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.training.Loss;

/** What holds of every method that learns from rewards of answers of its own. */
class OnlineMethodsTest {
  private static final RewardFunction BY_LENGTH =
      answers ->
          new RewardFunction.Scores(
              answers.stream().mapToDouble(given -> given.answer().text().length()).toArray(),
              new double[answers.size()]);

  @TempDir Path folder;

  static Stream<OnlinePolicySpec> methods() {
    Methods.Size tiny = Methods.Size.TINY;
    return Stream.of(
        Methods.rloo(Methods.kl(.1), tiny),
        Methods.rloo(Methods.kl(.1, Estimator.EXACT, Placement.REWARD), tiny),
        Methods.rloo(Methods.kl(.1, null, Placement.LOSS), tiny),
        Methods.reinforce(Baseline.NONE, Methods.kl(.1), tiny),
        Methods.reinforce(Baseline.RUNNING_MEAN, Methods.kl(.1), tiny),
        Methods.reinforce(Baseline.GREEDY, Methods.kl(.1), tiny),
        Methods.plusPlus(1, Methods.kl(.1), tiny),
        Methods.plusPlus(4, Methods.kl(.1), tiny),
        Methods.grpo(Methods.kl(.1, Estimator.K3, Placement.LOSS), tiny),
        Methods.grpo(Methods.kl(.1, Estimator.EXACT, Placement.LOSS), tiny),
        Methods.grpo(AdvantageScale.NONE, Aggregation.CONSTANT, Methods.kl(.1), tiny),
        Methods.grpo(AdvantageScale.BATCH_STD, Aggregation.TOKEN_MEAN, Methods.kl(.1), tiny));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theRatioOfTheFirstPassIsOne(OnlinePolicySpec spec) throws IOException {
    try (LanguageModel policy = TinyWorld.model(1);
        LanguageModel reference = TinyWorld.model(2);
        TensorScope scope = TensorScope.open()) {
      Loss loss = loss(spec, reference).of(policy, rollout(spec, policy, reference));

      assertThat(loss.logged().get("approximate_kl")).isCloseTo(0, within(1e-10));
      assertThat(loss.logged().getOrDefault("clip_share", 0.0)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void neitherOrderNorPaddingChangesTheLoss(OnlinePolicySpec spec) throws IOException {
    try (LanguageModel policy = TinyWorld.model(1);
        LanguageModel reference = TinyWorld.model(2);
        LanguageModel moved = TinyWorld.model(3);
        TensorScope scope = TensorScope.open()) {
      Rollout rollout = rollout(spec, policy, reference);
      UpdateLoss loss = loss(spec, reference);
      double together = loss.of(moved, rollout).value().item();
      boolean byTokens = Methods.of(spec).mean() == TokenMean.TOKENS;

      double apart = 0;
      double weights = 0;
      for (int i = 0; i < rollout.size(); i++) {
        Rollout one = rollout.select(new int[] {i});
        double weight = byTokens ? one.tokens() : 1;
        apart += weight * loss.of(moved, one).value().item();
        weights += weight;
      }
      double turned =
          loss.of(moved, rollout.select(new int[] {7, 3, 5, 1, 0, 4, 2, 6})).value().item();

      double close = 1e-4 * Math.max(1, Math.abs(together));
      assertThat(rollout.rows().stream().map(row -> row.sequence().length()).distinct())
          .hasSizeGreaterThan(1);
      assertThat(apart / weights).isCloseTo(together, within(close));
      assertThat(turned).isCloseTo(together, within(close));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theGradientMatchesFiniteDifferences(OnlinePolicySpec spec) throws IOException {
    try (LanguageModel policy = TinyWorld.model(1);
        LanguageModel reference = TinyWorld.model(2)) {
      Rollout rollout = rollout(spec, policy, reference);
      UpdateLoss loss = loss(spec, reference);

      GradientCheck.Slope slope =
          new GradientCheck(folder, model -> loss.of(model, rollout).value()).at(policy, 1e-4);

      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.05 * Math.abs(slope.analytic()) + 1e-3));
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void equalRewardsTeachNothingAndAreNotNaN(OnlinePolicySpec spec) throws IOException {
    try (LanguageModel policy = TinyWorld.model(1);
        TensorScope scope = TensorScope.open()) {
      RewardFunction equal =
          answers ->
              new RewardFunction.Scores(
                  answers.stream().mapToDouble(given -> .1).toArray(), new double[answers.size()]);

      Rollout rollout = rollout(spec, policy, policy, equal);

      boolean plain = spec instanceof OnlinePolicySpec.Reinforce r && r.baseline() == Baseline.NONE;
      for (float[] row : rollout.advantages()) {
        for (float advantage : row) {
          assertThat((double) advantage).isCloseTo(plain ? .1 : 0, within(1e-6));
        }
      }
      assertThat(loss(spec, policy).of(policy, rollout).value().item()).isFinite();
    }
  }

  private static UpdateLoss loss(OnlinePolicySpec spec, LanguageModel reference) {
    return new UpdateLoss(Methods.of(spec), KlReference.of(() -> reference), .1, 0);
  }

  private static Rollout rollout(
      OnlinePolicySpec spec, LanguageModel policy, LanguageModel reference) throws IOException {
    return rollout(spec, policy, reference, BY_LENGTH);
  }

  private static Rollout rollout(
      OnlinePolicySpec spec, LanguageModel policy, LanguageModel reference, RewardFunction reward)
      throws IOException {
    PolicyGradient.Settings settings = Methods.of(spec);
    List<String> two = TinyWorld.prompts(2);
    List<String> each = Stream.of(0, 0, 0, 0, 1, 1, 1, 1).map(two::get).toList();
    List<Rollout.Row> rows =
        new RolloutSampler(settings, policy, new PolicyGradient.Parts(policy, reference, reward))
            .sample(
                Plain.prompts(each),
                new int[] {0, 0, 0, 0, 1, 1, 1, 1},
                RandomStream.of(4, RandomPurpose.ROLLOUT_TOKENS, 0),
                .1);
    return Rollout.of(
        rows, settings.advantages().of(rows.stream().map(Rollout.Row::rewards).toList()));
  }
}

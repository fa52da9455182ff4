package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.PolicySpec;
import org.plumbline.dsl.model.Regularizers;
import org.plumbline.dsl.model.RolloutSpec;
import org.plumbline.dsl.model.SamplingSpec;
import org.plumbline.dsl.model.ScheduleSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.RandomPurpose;
import org.plumbline.engine.lm.RandomStream;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.Scope;
import org.plumbline.engine.lm.Tensor;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.rewards.RewardFunction;

class PpoTest {
  private static final RewardFunction BY_LENGTH =
      answers ->
          new RewardFunction.Scores(
              answers.stream().mapToDouble(given -> given.answer().text().length()).toArray(),
              new double[answers.size()]);

  @TempDir Path folder;

  @Test
  void lossesMatchTheWorkedExample() {
    try (Scope scope = Scope.open()) {
      double[] gae = Vectors.list("4.whiten", "pop");
      Tensor mask = Tensor.ones(1, 3);
      Ppo.Terms terms = new Ppo.Terms(row(-.9, -.8, -1.9), row(-1, -.5, -2), row(gae), mask);
      Ppo.ValueTerms values =
          new Ppo.ValueTerms(
              row(.5, .3, 1.2), row(.2, .4, .6), row(Vectors.list("4.gae", "returns")), mask);

      assertThat((double) Ppo.policyLoss(terms, .2).item())
          .isCloseTo(Vectors.number("4.ppo", "pg_loss"), within(1e-5));
      assertThat((double) Ppo.valueLoss(values, .2).item())
          .isCloseTo(Vectors.number("4.ppo", "vf_loss"), within(1e-5));
    }
  }

  @Test
  void clippingStopsOnlyWhatWouldImprove() {
    try (Scope scope = Scope.open()) {
      assertThat(surrogate(1.25, 1)).isCloseTo(-1.2, within(1e-5));
      assertThat(surrogate(.7, -1)).isCloseTo(.8, within(1e-5));
      assertThat(surrogate(4, -1)).isCloseTo(4, within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, .7})
  void ratioOfTheFirstPassIsOne(double temperature) {
    PolicySpec.Ppo settings = settings(temperature);
    try (LanguageModel policy = TinyWorld.model(1).withHead(ScalarHead.VALUE, 0, 1);
        LanguageModel reference = TinyWorld.model(2);
        Scope scope = Scope.open()) {
      Rollout rollout = rollout(policy, reference, settings);
      Map<String, Double> logged = new HashMap<>();

      Ppo.loss(policy, rollout.select(new int[] {2, 0, 1}), settings, logged);

      assertThat(logged.get("approximate_kl")).isCloseTo(0, within(1e-10));
      assertThat(logged.get("clip_share")).isZero();
    }
  }

  @Test
  void rewardsOfTokensAreTheDivergenceAndTheScoreAtTheEnd() {
    PolicySpec.Ppo settings = settings(1);
    try (LanguageModel policy = TinyWorld.model(1).withHead(ScalarHead.VALUE, 0, 1);
        LanguageModel reference = TinyWorld.model(2);
        Scope scope = Scope.open()) {
      Rollout rollout = rollout(policy, reference, settings);

      for (int i = 0; i < rollout.size(); i++) {
        Rollout.Facts facts = rollout.facts().get(i);
        double penalty = facts.finished() ? 0 : settings.rollout().missingEndPenalty();
        double expected = facts.score() - penalty - .1 * facts.kl();
        // a value head that says 0 leaves the first return with the decayed sum of all rewards;
        // with lambda 1 it is the sum itself
        assertThat((double) rollout.returns().get(i)[0]).isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Test
  void paddingNeverChangesTheLoss() {
    PolicySpec.Ppo settings = settings(1);
    try (LanguageModel policy = TinyWorld.model(1).withHead(ScalarHead.VALUE, .1, 1);
        LanguageModel reference = TinyWorld.model(2);
        LanguageModel moved = TinyWorld.model(3).withHead(ScalarHead.VALUE, .1, 2);
        Scope scope = Scope.open()) {
      Rollout rollout = rollout(policy, reference, settings);
      double together =
          Ppo.loss(moved, rollout, settings, new HashMap<>()).item() * rollout.tokens();

      double apart = 0;
      for (int i = 0; i < rollout.size(); i++) {
        Rollout one = rollout.select(new int[] {i});
        apart += Ppo.loss(moved, one, settings, new HashMap<>()).item() * one.tokens();
      }

      assertThat(together).isCloseTo(apart, within(1e-3));
    }
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    PolicySpec.Ppo settings = settings(1);
    try (LanguageModel policy = TinyWorld.model(1).withHead(ScalarHead.VALUE, .1, 1);
        LanguageModel reference = TinyWorld.model(2)) {
      Rollout rollout = rollout(policy, reference, settings);

      GradientCheck.Slope slope =
          new GradientCheck(folder, model -> Ppo.loss(model, rollout, settings, new HashMap<>()))
              .at(policy, 1e-4);

      assertThat(slope.numeric())
          .isCloseTo(slope.analytic(), within(.05 * Math.abs(slope.analytic())));
    }
  }

  @Test
  void advantagesAreWhitenedOverTheWholeRollout() {
    try (LanguageModel policy = TinyWorld.model(1).withHead(ScalarHead.VALUE, 0, 1);
        LanguageModel reference = TinyWorld.model(2);
        Scope scope = Scope.open()) {
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
      LanguageModel policy, LanguageModel reference, PolicySpec.Ppo settings) {
    return new Rollouts(settings, policy, reference, BY_LENGTH)
        .sample(
            Plain.prompts(TinyWorld.prompts(3)),
            RandomStream.of(4, RandomPurpose.ROLLOUT_TOKENS, 0),
            .1);
  }

  private static double surrogate(double ratio, double advantage) {
    Ppo.Terms terms =
        new Ppo.Terms(row(StrictMath.log(ratio)), row(0), row(advantage), Tensor.ones(1, 1));
    return Ppo.policyLoss(terms, .2).item();
  }

  private static Tensor row(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats, 1, floats.length);
  }

  static PolicySpec.Ppo settings(double temperature) {
    return new PolicySpec.Ppo(
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
        new RolloutSpec(.5, new SamplingSpec(temperature, 6)));
  }
}

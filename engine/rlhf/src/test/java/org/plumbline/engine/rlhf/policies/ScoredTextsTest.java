// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.dsl.model.reward.ComposedRewardSpec;
import org.plumbline.dsl.model.shape.Section;
import org.plumbline.dsl.model.values.FeatureSpec;
import org.plumbline.dsl.model.values.ValuesSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.GradientCheck;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.rewards.RulesReward;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Filtering, unlikelihood and reward-weighted regression. */
class ScoredTextsTest {
  @TempDir Path folder;

  @Test
  void weightsAndUnlikelihoodsAreThoseOfTheVectors() {
    assertThat(RewardWeightedRegression.weight(.5, 10))
        .isCloseTo(Vectors.number("4.phf", "awr_w(A=.5,b=10)"), within(1e-12));
    assertThat(RewardWeightedRegression.weight(-2, 1))
        .isCloseTo(Vectors.number("4.phf", "awr_w(A=-2,b=1)"), within(1e-12));
    try (TensorScope scope = TensorScope.open()) {
      Batch one = Batch.of(List.of(Sequence.of(new int[] {1}, new int[] {2})));
      Tensor log = Tensor.of(new float[] {(float) StrictMath.log(.3)}, 1, 1);

      assertThat((double) Unlikelihood.loss(log, one, new double[] {0}, 1).value().item())
          .isCloseTo(Vectors.number("4.phf", "ul(p=.3)"), within(1e-6));
      assertThat((double) Unlikelihood.loss(log, one, new double[] {1}, 1).value().item())
          .isCloseTo(-StrictMath.log(.3), within(1e-6));
    }
  }

  @Test
  void lossesAreMeansOverTheTokensOfAllTexts() {
    try (TensorScope scope = TensorScope.open()) {
      Batch two =
          Batch.of(
              List.of(
                  Sequence.of(new int[] {1}, new int[] {2, 3, 2}),
                  Sequence.of(new int[] {1}, new int[] {2})));
      Tensor log = Tensor.of(new float[] {-1, -2, -3, -.5f, -9, -9}, 2, 3);
      double rest = -StrictMath.log(1 - StrictMath.exp(-.5));

      assertThat((double) Unlikelihood.loss(log, two, new double[] {1, 0}, .2).value().item())
          .isCloseTo((6 + .2 * rest) / 4, within(1e-6));
      assertThat(
              (double) RewardWeightedRegression.loss(log, two, new double[] {2, .5}).value().item())
          .isCloseTo((12 + .25) / 4, within(1e-6));
    }
  }

  @Test
  void gradientsMatchFiniteDifferences() {
    try (LanguageModel model = TinyWorld.model(1)) {
      Batch batch =
          Batch.of(
              List.of(
                  Sequence.of(new int[] {1, 2}, new int[] {3, 4, 5}),
                  Sequence.of(new int[] {2}, new int[] {6, 3})));
      agree(new GradientCheck(folder, moved -> unlikely(moved, batch)).at(model, 1e-3));
      agree(new GradientCheck(folder, moved -> weighted(moved, batch)).at(model, 1e-3));
    }
  }

  private static void agree(GradientCheck.Slope slope) {
    assertThat(slope.analytic()).isCloseTo(slope.numeric(), withinPercentage(2));
  }

  private static Tensor unlikely(LanguageModel model, Batch batch) {
    return Unlikelihood.loss(model.tokenLogProbs(batch), batch, new double[] {1, 0}, .7).value();
  }

  private static Tensor weighted(LanguageModel model, Batch batch) {
    return RewardWeightedRegression.loss(model.tokenLogProbs(batch), batch, new double[] {1.7, .2})
        .value();
  }

  @Test
  void filteringLearnsGoodTextsOnly() throws IOException {
    Artifact some =
        run(
            new Filtering(),
            new ConditionedPolicySpec.Filtering("base", "texts", "kind", 0.5, 5, 8, 1e-3),
            "some");

    assertThat(JsonFiles.read(some.file("summary.json")).path("texts").asInt()).isEqualTo(40);
    assertThat(JsonFiles.readLines(some.file("metrics.jsonl"), row -> row))
        .as("even a short training reaches its learning rate")
        .anyMatch(row -> row.path("learning_rate").asDouble() == 1e-3);
    int learned = JsonFiles.read(some.file("summary.json")).path("learned").asInt();
    assertThat(learned).isBetween(1, 39);
    assertThat(JsonFiles.read(some.file("summary.json")).path("learned_reward").asDouble())
        .isGreaterThan(JsonFiles.read(some.file("summary.json")).path("reward").asDouble());
    assertThatThrownBy(
            () ->
                run(
                    new Filtering(),
                    new ConditionedPolicySpec.Filtering("base", "texts", "kind", 1e9, 5, 8, 1e-3),
                    "none"))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("none of 40 texts has a score that is learned");
  }

  @Test
  void weightsBeyondAllNumbersAreRefused() {
    assertThatThrownBy(() -> RewardWeightedRegression.weight(5, 1e-3))
        .isInstanceOf(StageFailure.class)
        .hasMessageContaining("not finite");
  }

  private Artifact run(Stage stage, Object settings, String name) throws IOException {
    ValuesSpec kind =
        new ValuesSpec(
            null,
            Map.of("kind", new FeatureSpec.ContainsAny(List.of("wash"))),
            Map.of("kind", 1.0));
    Artifact reward =
        FolderContext.in(folder.resolve("reward-" + name), new ComposedRewardSpec.Rules("good"), 1)
            .declare(Section.VALUES, "good", kind)
            .run(new RulesReward());
    return FolderContext.in(folder.resolve(name), settings, 1)
        .input("from", TinyWorld.untrained(folder.resolve("model"), 3))
        .input("data", TinyWorld.demonstrationData(folder.resolve("demos"), 40))
        .input("reward", reward)
        .run(stage);
  }
}

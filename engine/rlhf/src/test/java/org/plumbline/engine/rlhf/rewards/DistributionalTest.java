// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.reward.EnsembleSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec.Form;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.store.content.Artifact;

class DistributionalTest {
  @TempDir static Path folder;
  private static @Nullable PoliteWorld world;

  @BeforeAll
  static void pretrain() {
    world = new PoliteWorld(folder);
  }

  private static PoliteWorld world() {
    return Objects.requireNonNull(world);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void itLearnsAndGoesOnWhereItStopped(Form form) throws IOException {
    Artifact feedback = TinyWorld.feedback(folder.resolve("feedback-" + form), 120);
    FittedRewardSpec.Distributional spec = spec(form, 0.01, 40);

    Artifact whole = world().fit(spec, "whole-" + form, feedback).run(new Distributional());
    Artifact resumed =
        world().fit(spec, "stopped-" + form, feedback).runInterrupted(new Distributional(), 53);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    assertThat(heldOut(whole)).isGreaterThan(.9);
    try (RewardModel model = RewardModel.open(whole)) {
      assertThat(PoliteWorld.lead(model)).isGreaterThan(1);
    }
  }

  /** Half of the people want kind answers and half rude ones: no answer is better for all. */
  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"MEAN_VARIANCE", "CATEGORICAL"})
  void whatPeopleDisagreeAboutShows(Form form) throws IOException {
    Map<String, Group> divided = new LinkedHashMap<>();
    divided.put("kind", PoliteWorld.group(Map.of("count", 3, "rationality", 6.0)));
    divided.put("rude", PoliteWorld.rude(3));
    Map<String, Group> united =
        Map.of("kind", PoliteWorld.group(Map.of("count", 6, "rationality", 6.0)));

    double apart = hiddenContext(form, "divided-" + form, divided);
    double together = hiddenContext(form, "united-" + form, united);

    assertThat(apart).isLessThan(.5 * together);
  }

  private static double hiddenContext(Form form, String name, Map<String, Group> groups)
      throws IOException {
    Artifact feedback = world().comparisons(name, 200, 1, groups);
    Artifact reward =
        world().fit(spec(form, null, 60), "fit-" + name, feedback).run(new Distributional());
    double said =
        JsonFiles.read(reward.file("metrics.json")).at("/learned/hidden_context").asDouble(-1);
    assertThat(JsonFiles.read(reward.file("summary.json")).path("hidden_context").asDouble())
        .isEqualTo(said);
    return said;
  }

  @Test
  void aQuantileIsOfTheSameModel() throws IOException {
    Artifact feedback = TinyWorld.feedback(folder.resolve("quantile"), 60);
    Artifact mean =
        world().fit(spec(Form.MEAN_VARIANCE, null, 20), "mean", feedback).run(new Distributional());
    Artifact low =
        world().fit(spec(Form.MEAN_VARIANCE, 0.01, 20), "low", feedback).run(new Distributional());

    assertThat(heldOut(low)).isEqualTo(heldOut(mean));
    try (RewardModel one = RewardModel.open(mean);
        RewardModel other = RewardModel.open(low)) {
      assertThat(other.score(PoliteWorld.answers()).score())
          .isNotEqualTo(one.score(PoliteWorld.answers()).score());
    }
  }

  private static double heldOut(Artifact reward) throws IOException {
    return JsonFiles.read(reward.file("metrics.json")).at("/held_out/accuracy/value").asDouble();
  }

  private static FittedRewardSpec.Distributional spec(
      Form form, @Nullable Double quantile, int steps) {
    return new FittedRewardSpec.Distributional(
        "sft",
        "feedback",
        form,
        10,
        quantile,
        0.1,
        new EnsembleSpec(2, Combine.MEAN, 0.5, 0.2, steps),
        32,
        new OptimiserSpec(3e-3, 0.01));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.feedback.EvaluatorsSpec.Group;
import org.plumbline.dsl.model.reward.EnsembleSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec;
import org.plumbline.dsl.model.reward.FittedRewardSpec.Serve;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

class MixtureTest {
  @TempDir static Path folder;

  @Test
  void groupsThatNobodyNamedAreFoundAndAFitGoesOnWhereItStopped() throws IOException {
    PoliteWorld world = new PoliteWorld(folder);
    Map<String, Group> groups = new LinkedHashMap<>();
    groups.put("kind", PoliteWorld.honest(5));
    groups.put("rude", PoliteWorld.rude(3));
    Artifact feedback = world.comparisons("mixed", 250, 2, groups);
    FittedRewardSpec.Mixture spec = spec(Serve.MEAN);

    Artifact whole = world.fit(spec, "whole", feedback).run(new Mixture());
    Artifact resumed = world.fit(spec, "stopped", feedback).runInterrupted(new Mixture(), 77);

    assertThat(resumed.digest()).isEqualTo(whole.digest());
    JsonNode found = JsonFiles.read(whole.file("metrics.json")).at("/learned/groups");
    assertThat(found).hasSize(2);
    assertThat(found.get(0).path("share").asDouble()).isCloseTo(5 / 8.0, within(.05));
    assertThat(found.get(0).path("members")).hasSize(5);
    found.get(0).path("members").forEach(n -> assertThat(n.asText()).startsWith("kind"));
    found.get(1).path("members").forEach(n -> assertThat(n.asText()).startsWith("rude"));
    try (RewardModel model = RewardModel.open(whole)) {
      assertThat(PoliteWorld.lead(model)).isGreaterThan(.5); // most want kind answers
    }
    // What one group loves the other hates: no answer is much better for whoever is worst off.
    Artifact fair = world.fit(spec(Serve.WORST_OFF), "fair", feedback).run(new Mixture());
    assertThat(JsonFiles.read(fair.file("reward.json")).at("/members/0/serve").asText())
        .isEqualTo("worst_off");

    StageFailure unknown =
        catchThrowableOfType(
            StageFailure.class,
            () ->
                world
                    .fit(spec, "unknown", TinyWorld.feedback(folder.resolve("recorded"), 20))
                    .run(new Mixture()));
    assertThat(unknown.code()).isEqualTo("PLB0350");
  }

  /** Shares that had seen held-out labels would foretell coins. */
  @Test
  void coinsAreNotForetold() throws IOException {
    PoliteWorld world = new PoliteWorld(folder.resolve("coins"));
    Artifact feedback =
        world.comparisons(
            "coins",
            300,
            1,
            Map.of("all", PoliteWorld.group(Map.of("count", 150, "rationality", 0.0))));
    FittedRewardSpec.Mixture spec =
        new FittedRewardSpec.Mixture(
            "sft",
            "feedback",
            8,
            3,
            Serve.MEAN,
            new EnsembleSpec(1, Combine.MEAN, 0.5, 0.5, 20),
            32,
            new OptimiserSpec(3e-3, 0.01));

    Artifact fitted = world.fit(spec, "coins", feedback).run(new Mixture());

    JsonNode heldOut = JsonFiles.read(fitted.file("metrics.json")).at("/held_out");
    int n = heldOut.at("/accuracy/n").asInt(150);
    assertThat(heldOut.at("/accuracy/value").asDouble())
        .isCloseTo(0.5, within(4 * Math.sqrt(0.25 / Math.max(1, n))));
  }

  @Test
  void groupsAreServedAsDeclared() {
    List<Double> sizes = List.of(.75, .25);
    List<Double> means = List.of(1.0, -1.0);
    double[] said = {2, -1.5}; // 1 above the first group's mean, 0.5 below the second's

    assertThat(new Readout.Groups(Serve.MEAN, sizes, means).of(said))
        .isCloseTo(.75 * 1 - .25 * .5, within(1e-12));
    assertThat(new Readout.Groups(Serve.WORST_OFF, sizes, means).of(said))
        .isCloseTo(-.5, within(1e-12));
    // sigmoid(1) and sigmoid(-0.5)
    assertThat(new Readout.Groups(Serve.NASH, sizes, means).of(said))
        .isCloseTo(
            .75 * Math.log(.7310585786300049) + .25 * Math.log(.3775406687981454), within(1e-12));
  }

  private static FittedRewardSpec.Mixture spec(Serve serve) {
    return new FittedRewardSpec.Mixture(
        "sft",
        "feedback",
        2,
        5,
        serve,
        new EnsembleSpec(2, Combine.MEAN, 0.5, 0.2, 60),
        32,
        new OptimiserSpec(3e-3, 0.01));
  }
}

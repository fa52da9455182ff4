// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.Combine;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Rewards that go on from a reward that was fitted before. */
class WarmStartTest {
  @TempDir Path folder;

  @Test
  void eachMemberGoesOnFromTheSameMemberAndASmallStepChangesLittle() throws IOException {
    PoliteWorld world = new PoliteWorld(folder);
    Artifact labels =
        world.comparisons(
            "labels", 60, 1, new LinkedHashMap<>(Map.of("all", PoliteWorld.honest(4))));
    Artifact before =
        world.fit(reward(2, 40, 1e-3, null), "before", labels).run(new BradleyTerry());

    Artifact warm = warm(world, 2, labels, before).run(new BradleyTerry());
    Artifact cold = world.fit(reward(2, 1, 1e-9, null), "cold", labels).run(new BradleyTerry());

    double[] scores = scores(before);
    assertThat(scores(warm)).containsExactly(scores, offset());
    assertThat(scores(cold)[0]).isNotCloseTo(scores[0], offset());
    assertThat(
            catchThrowableOfType(
                StageFailure.class, () -> warm(world, 3, labels, before).run(new BradleyTerry())))
        .hasMessage("the reward to go on from has no member 2");
  }

  private static org.assertj.core.data.Offset<Double> offset() {
    return org.assertj.core.api.Assertions.within(1e-4);
  }

  private static FolderContext warm(
      PoliteWorld world, int members, Artifact labels, Artifact before) {
    return world
        .fit(reward(members, 1, 1e-9, "rm"), "warm-" + members, labels)
        .input("warm_start", before);
  }

  private static double[] scores(Artifact reward) throws IOException {
    try (RewardModel model = RewardModel.open(reward)) {
      return model.score(PoliteWorld.answers()).score();
    }
  }

  private static RewardSpec.BradleyTerry reward(
      int members, int steps, double rate, @Nullable String from) {
    return new RewardSpec.BradleyTerry(
        "base",
        "feedback",
        members,
        Combine.MEAN,
        0,
        0.2,
        steps,
        8,
        new OptimiserSpec(rate, 0, from),
        0);
  }
}

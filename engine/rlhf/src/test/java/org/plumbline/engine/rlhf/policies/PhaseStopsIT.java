// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.training.OptimiserSpec;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.rewards.BradleyTerry;
import org.plumbline.engine.store.content.Artifact;

/** What is not a step of a training is told, obeys a stop, and goes on to the same bytes. */
class PhaseStopsIT {

  @TempDir Path folder;

  private FolderContext reward(String name) {
    RewardSpec.BradleyTerry settings =
        new RewardSpec.BradleyTerry(
            "base",
            "prefs",
            2,
            RewardSpec.Combine.MEAN,
            .5,
            .2,
            3,
            8,
            new OptimiserSpec(1e-3, .01),
            0);
    return FolderContext.in(folder.resolve(name), settings, 11)
        .input("from", TinyWorld.adaptedLlama(folder.resolve("llama"), 3))
        .input("feedback", TinyWorld.feedback(folder.resolve("prefs"), 40));
  }

  @Test
  void theAnswersThatAnRewardIsNormalisedOnAreCounted() {
    List<String> told = new ArrayList<>();
    FolderContext context = reward("told");
    context.watch(
        step -> {
          if (context.told().containsKey("normalising")) {
            told.add(step + ": " + context.told());
          }
        });

    context.run(new BradleyTerry());

    assertThat(told).hasSize(8).first().isEqualTo("6: {normalising=32.0, of=256.0}");
    assertThat(told).last().isEqualTo("6: {normalising=256.0, of=256.0}");
  }

  @Test
  void aRewardStopsWhileItIsNormalised() {
    Artifact whole = reward("whole").run(new BradleyTerry());

    FolderContext context = reward("stopped");
    AtomicInteger asked = new AtomicInteger();
    Artifact resumed =
        context.runAskedToStop(
            new BradleyTerry(),
            () ->
                context.told().getOrDefault("normalising", 0.0) == 64
                    && asked.incrementAndGet() > 4);

    assertThat(context.checkpointStep()).isEqualTo(6);
    assertThat(resumed.digest()).isEqualTo(whole.digest());
  }

  private FolderContext policy(String name) {
    Object settings =
        new PolicySpec.Supervised(
            "base", "demos", null, 10, 8, 1e-3, 0.01, TinyWorld.wellWatched());
    return FolderContext.in(folder.resolve(name), settings, 11)
        .input("from", TinyWorld.untrained(folder.resolve("model"), 3))
        .input("data", TinyWorld.demonstrationData(folder.resolve("demos"), 40));
  }

  @Test
  void aTrainingStopsWhileAnswersForItsCurveAreDrawn() {
    Artifact whole = policy("whole").run(new Supervised());

    for (int after : new int[] {0, 4, 10}) {
      FolderContext context = policy("stopped-" + after);
      AtomicInteger step = new AtomicInteger();
      context.watch(done -> step.set((int) done));
      AtomicInteger asked = new AtomicInteger();
      // once by the step before, and then between tokens
      BooleanSupplier stop = () -> step.get() == after && asked.incrementAndGet() > 3;

      Artifact resumed = context.runAskedToStop(new Supervised(), stop);

      assertThat(context.checkpointStep()).isEqualTo(after);
      assertThat(resumed.digest()).isEqualTo(whole.digest());
    }
  }
}

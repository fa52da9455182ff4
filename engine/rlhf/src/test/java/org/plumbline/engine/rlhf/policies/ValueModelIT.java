// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.Plain;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.policygradient.Methods;
import org.plumbline.engine.rlhf.policygradient.PolicyGradient;
import org.plumbline.engine.rlhf.rewards.RewardFunction;

/**
 * A policy and a value model of its own learn apart: within one update nothing of the one depends
 * on how the other learns; from the next update on it does, by what was sampled and expected.
 */
class ValueModelIT {
  @TempDir Path folder;

  private record Trained(Path folder, List<JsonNode> metrics) {
    byte[] weights() throws IOException {
      return Files.readAllBytes(folder.resolve("model.safetensors"));
    }

    double last(String name) {
      return metrics.get(metrics.size() - 1).path(name).asDouble(Double.NaN);
    }
  }

  @Test
  void noGradientOfTheValuesReachesThePolicy() throws IOException {
    Trained slow = separate("slow", 1, 1e-3, 1e-5);
    Trained fast = separate("fast", 1, 1e-3, 1e-2);

    assertThat(fast.weights()).isEqualTo(slow.weights());
    assertThat(fast.last("value_loss")).isNotEqualTo(slow.last("value_loss"));
    assertThat(shared("light", .1).weights()).isNotEqualTo(shared("heavy", 10).weights());
  }

  @Test
  void noGradientOfThePolicyReachesTheValues() throws IOException {
    Trained slow = separate("slow", 1, 1e-5, 1e-3);
    Trained fast = separate("fast", 1, 1e-2, 1e-3);

    assertThat(fast.weights()).isNotEqualTo(slow.weights());
    assertThat(fast.last("value_loss")).isEqualTo(slow.last("value_loss"));
    assertThat(fast.last("value_gradient_norm"))
        .isPositive()
        .isEqualTo(slow.last("value_gradient_norm"));
  }

  @Test
  void whatItExpectsCountsFromTheSecondUpdateOnAndItComesNearerToTheReturns() throws IOException {
    Trained slow = separate("slow", 12, 1e-3, 1e-6);
    Trained fast = separate("fast", 12, 1e-3, 1e-2);

    assertThat(fast.weights()).isNotEqualTo(slow.weights());
    assertThat(fast.last("value_loss")).isLessThan(.5 * slow.last("value_loss"));
    assertThat(fast.folder().resolve("value")).doesNotExist();
  }

  private Trained separate(String name, int updates, double rate, double valueRate)
      throws IOException {
    return train(name, settings(updates, rate, .1).withSeparateValues(valueRate));
  }

  private Trained shared(String name, double coefficient) throws IOException {
    return train(name, settings(1, 1e-3, coefficient));
  }

  private static PolicySpec.Ppo settings(int updates, double rate, double coefficient) {
    return new PolicySpec.Ppo(
        "base",
        "rm",
        "prompts",
        Methods.kl(.01),
        new ScheduleSpec(updates, 16),
        2,
        2,
        rate,
        .2,
        10,
        coefficient,
        1,
        1,
        new RolloutSpec(0, new SamplingSpec(1, 8)));
  }

  /** Towards answers of a length, whose mean reward is not 0: there is something to expect. */
  private Trained train(String name, PolicySpec.Ppo settings) throws IOException {
    FolderContext context = FolderContext.in(folder.resolve(name), settings, 4);
    Files.createDirectories(context.output());
    RewardFunction length =
        answers ->
            new RewardFunction.Scores(
                answers.stream().mapToDouble(given -> given.answer().text().length()).toArray(),
                new double[answers.size()]);
    try (LanguageModel model = TinyWorld.model(1)) {
      PolicyGradient.train(
          context,
          Ppo.method(settings),
          new PolicyGradient.Parts(model, model, length),
          Plain.prompts(TinyWorld.prompts(10)));
    }
    return new Trained(
        context.output(),
        JsonFiles.readLines(context.output().resolve("metrics.jsonl"), row -> row));
  }
}

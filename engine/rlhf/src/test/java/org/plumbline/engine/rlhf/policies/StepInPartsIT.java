// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.store.content.Artifact;

/** A step that is computed in parts is the same step, even where a loss hangs on all its rows. */
class StepInPartsIT {
  /** Shares of rows on one side of 0, on which the last digit of a number decides. */
  private static final Set<String> COUNTED = Set.of("accuracy", "right_side", "above_margin");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> aStepInPartsIsTheSameStep() {
    return PreferenceMethods.stages().stream()
        .map(stage -> DynamicTest.dynamicTest(stage.operation(), () -> compare(stage)));
  }

  private void compare(Stage stage) throws IOException {
    List<JsonNode> whole = steps(stage, null);
    List<JsonNode> parts = steps(stage, 3);

    assertThat(whole).hasSize(4);
    for (int i = 0; i < whole.size(); i++) {
      JsonNode one = whole.get(i);
      JsonNode other = parts.get(i);
      assertThat(other.properties().size()).isEqualTo(one.properties().size());
      for (Map.Entry<String, JsonNode> number : one.properties()) {
        double expected = number.getValue().asDouble();
        if (!COUNTED.contains(number.getKey())) {
          assertThat(other.path(number.getKey()).asDouble())
              .as("%s of %s", number.getKey(), one)
              .isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
        }
      }
    }
  }

  private List<JsonNode> steps(Stage stage, @Nullable Integer part) throws IOException {
    TrainingSpec training =
        new TrainingSpec(null, null, null, null, null, null, null, part, null, null, null);
    PolicySpec settings =
        PreferenceMethods.settings(stage, new PairFittingSpec(4, 8, 1e-3, training));
    Artifact trained =
        FolderContext.in(folder.resolve(stage.operation() + part), settings, 1)
            .input("from", TinyWorld.untrained(folder.resolve("model"), 3))
            .input("feedback", TinyWorld.feedback(folder.resolve("feedback"), 40))
            .run(stage);
    return JsonFiles.readLines(trained.file("metrics.jsonl"));
  }
}

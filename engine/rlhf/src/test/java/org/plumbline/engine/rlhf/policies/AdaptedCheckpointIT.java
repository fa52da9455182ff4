// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.LoraSettings;
import org.plumbline.engine.lm.ModelUse;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.AnswerLogProbs;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.store.content.Artifact;

/**
 * Every method that is fitted to feedback, with an adapter on a checkpoint from elsewhere: the
 * reference is the checkpoint without it.
 */
class AdaptedCheckpointIT {
  private static final Path QWEN = Path.of("../lm/src/test/fixtures/transformers/qwen2");
  private static final int PAIRS = 12;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> onlyTheAdapterIsTrained() {
    return PreferenceMethods.stages().stream()
        .map(
            stage ->
                DynamicTest.dynamicTest(
                    stage.operation(),
                    () -> {
                      Artifact trained = run(stage, 4, 4, Precision.BFLOAT16);

                      for (JsonNode row : metrics(trained)) {
                        assertThat(row.path("loss").asDouble()).isFinite();
                        assertThat(row.path("gradient_norm").asDouble()).isPositive();
                      }
                      assertThat(trained.file("adapter-in-training")).isDirectory();
                      assertThat(trained.file("model.safetensors"))
                          .hasSameBinaryContentAs(QWEN.resolve("model.safetensors"));
                    }));
  }

  @Test
  void theReferenceIsTheCheckpointWithoutTheAdapter() throws IOException {
    for (Stage stage : List.<Stage>of(new Dpo(), new Ipo(), new Kto(), new Bco())) {
      boolean pairs = stage instanceof Dpo || stage instanceof Ipo;
      int all = pairs ? PAIRS : 2 * PAIRS;
      List<JsonNode> metrics = metrics(run(stage, 2, all, Precision.FLOAT32));
      Artifact afterOne = run(stage, 1, all, Precision.FLOAT32);

      double scale = stage instanceof Dpo ? .1 : 1;
      String name =
          stage instanceof Dpo ? "chosen_reward" : pairs ? "chosen_log_ratio" : "log_ratio";
      assertThat(metrics.get(0).path(name).asDouble()).isCloseTo(0, within(1e-5));
      assertThat(metrics.get(1).path(name).asDouble())
          .as(stage.operation())
          .isNotCloseTo(0, within(1e-3))
          .isCloseTo(scale * moved(afterOne, pairs), within(1e-3));
    }
  }

  /** How much likelier the better answers, or all, have become on average. */
  private double moved(Artifact policy, boolean chosenOnly) throws IOException {
    try (LanguageModel now = LanguageModel.load(policy.folder());
        LanguageModel before = LanguageModel.load(QWEN)) {
      AnswerFormat format = new AnswerFormat(now);
      List<TokenPair> pairs = format.pairs(Pairs.read(feedback()));
      List<Sequence> answers =
          chosenOnly ? pairs.stream().map(TokenPair::chosen).toList() : TokenPair.rows(pairs);
      double[] after = AnswerLogProbs.of(now, answers);
      double[] start = AnswerLogProbs.of(before, answers);
      double sum = 0;
      for (int i = 0; i < after.length; i++) {
        sum += after[i] - start[i];
      }
      return sum / after.length;
    }
  }

  private Artifact run(Stage stage, int steps, int batch, Precision precision) throws IOException {
    TrainingSpec steady =
        new TrainingSpec(
            TrainingSpec.Schedule.CONSTANT,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    PairFittingSpec fitting = new PairFittingSpec(steps, batch, 1e-2, steady);
    return FolderContext.in(
            Files.createTempDirectory(folder, stage.operation()),
            PreferenceMethods.settings(stage, fitting),
            1)
        .input("from", checkpoint(precision))
        .input("feedback", feedback())
        .run(stage);
  }

  private Artifact checkpoint(Precision precision) throws IOException {
    Path copy = Files.createTempDirectory(folder, "qwen");
    try (Stream<Path> files = Files.list(QWEN)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    LoraSettings lora = LoraSettings.of(4, 8).withTargets(List.of(LoraSettings.ALL_LINEAR));
    new ModelUse(64, precision, lora).write(copy);
    return FolderContext.artifact(copy);
  }

  private Artifact feedback() {
    return TinyWorld.feedback(folder.resolve("feedback"), PAIRS);
  }

  private static List<JsonNode> metrics(Artifact trained) throws IOException {
    return JsonFiles.readLines(trained.file("metrics.jsonl"));
  }
}

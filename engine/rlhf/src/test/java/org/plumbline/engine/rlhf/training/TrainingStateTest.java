// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.run.StageFailure;

class TrainingStateTest {
  private static final Batch BATCH = Batch.of(List.of(new Sequence(new int[] {1, 2, 3}, 1)));

  @TempDir Path folder;

  @Test
  void aLossThatIsNotANumberStopsWithTheStepAndTheRows() {
    try (TrainingState training = new TrainingState(TinyWorld.model(1), AdamW.Settings.DEFAULT)) {
      LanguageModel model = training.model();

      assertThatThrownBy(
              () ->
                  training.update(
                      () -> "step 7, rows 3, 4", 1e-3, () -> model.meanLoss(BATCH).mul(Float.NaN)))
          .isInstanceOfSatisfying(
              StageFailure.class, failure -> assertThat(failure.code()).isEqualTo("PLB0902"))
          .hasMessageContaining("step 7, rows 3, 4")
          .hasMessageContaining("NaN");
    }
  }

  @Test
  void stateThatIsNotFiniteIsNeverWritten() throws IOException {
    Path broken = folder.resolve("broken");
    Path saved = Files.createDirectory(folder.resolve("saved"));
    try (LanguageModel model = TinyWorld.model(1);
        TensorScope scope = TensorScope.open()) {
      model.save(broken);
      Map<String, Tensor> parameters = new LinkedHashMap<>(model.parameters().asMap());
      parameters.replaceAll(
          (name, tensor) -> name.endsWith("ln_f.bias") ? tensor.mul(Float.NaN) : tensor);
      Safetensors.write(broken.resolve("model.safetensors"), parameters);
    }
    try (TrainingState training =
        new TrainingState(LanguageModel.load(broken), AdamW.Settings.DEFAULT)) {
      assertThatThrownBy(() -> training.save(saved))
          .isInstanceOf(StageFailure.class)
          .hasMessageContaining("ln_f.bias");
      assertThat(saved).isEmptyDirectory();
    }
  }

  @Test
  void aSavedTrainingStateGoesOnBitForBit() throws IOException {
    try (TrainingState whole = new TrainingState(TinyWorld.model(1), AdamW.Settings.DEFAULT)) {
      step(whole);
      Path saved = Files.createDirectory(folder.resolve("saved"));
      whole.save(saved);
      step(whole);

      try (TrainingState resumed = TrainingState.load(saved, AdamW.Settings.DEFAULT)) {
        step(resumed);

        resumed
            .model()
            .parameters()
            .asMap()
            .forEach(
                (name, tensor) ->
                    assertThat(tensor.toFloatArray())
                        .isEqualTo(whole.model().parameters().get(name).toFloatArray()));
      }
    }
  }

  private static void step(TrainingState training) {
    LanguageModel model = training.model();
    training.update(() -> "step", 1e-2, () -> model.meanLoss(BATCH));
  }
}

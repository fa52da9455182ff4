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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.LoraSettings;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.failure.ModelFormatException;
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

      try (TrainingState resumed =
          TrainingState.load(saved, AdamW.Settings.DEFAULT, () -> TinyWorld.model(7))) {
        step(resumed);

        requireSame(resumed.model(), whole.model());
      }
    }
  }

  private static LanguageModel adapted(LanguageModel base) {
    return base.copy().withAdapter(new LoraSettings(32, 64, 0.1, List.of("all-linear"), false), 5);
  }

  @Test
  void whatIsSavedOfAnAdapterIsWhatIsTrainedAndGoesOnBitForBit() throws IOException {
    Path saved = Files.createDirectory(folder.resolve("saved"));
    try (LanguageModel base = TinyWorld.model(1);
        TrainingState whole =
            new TrainingState(
                adapted(base).withHead(ScalarHead.VALUE, 0, 0), AdamW.Settings.DEFAULT)) {
      step(whole);
      whole.save(saved);
      step(whole);

      long trained = 0;
      for (Tensor tensor : whole.model().parameters().trainable().values()) {
        trained += tensor.toFloatArray().length;
      }
      long state = 3 * trained * Float.BYTES; // and two moments
      assertThat(size(saved)).isBetween(state, state * 12 / 10);
      try (TrainingState resumed =
          TrainingState.load(
              saved,
              AdamW.Settings.DEFAULT,
              () -> adapted(base).withHead(ScalarHead.VALUE, 0.1, 3))) {
        step(resumed);

        requireSame(resumed.model(), whole.model());
      }
    }
  }

  @Test
  void anAdapterOfAnotherShapeIsNotGoneOnWith() throws IOException {
    Path saved = Files.createDirectory(folder.resolve("saved"));
    try (LanguageModel base = TinyWorld.model(1);
        TrainingState whole = new TrainingState(adapted(base), AdamW.Settings.DEFAULT)) {
      whole.save(saved);

      assertThatThrownBy(
              () ->
                  TrainingState.load(
                      saved,
                      AdamW.Settings.DEFAULT,
                      () -> base.copy().withAdapter(LoraSettings.of(2, 4), 5)))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("trained.safetensors");
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void requireSame(LanguageModel one, LanguageModel other) {
    one.parameters()
        .asMap()
        .forEach(
            (name, tensor) ->
                assertThat(tensor.toFloatArray())
                    .isEqualTo(other.parameters().get(name).toFloatArray()));
  }

  private static void step(TrainingState training) {
    LanguageModel model = training.model();
    training.update(() -> "step", 1e-2, () -> model.meanLoss(BATCH));
  }
}

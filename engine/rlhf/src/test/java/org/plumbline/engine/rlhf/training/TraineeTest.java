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
import org.plumbline.engine.lm.AdamW;
import org.plumbline.engine.lm.Batch;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.Safetensors;
import org.plumbline.engine.lm.Scope;
import org.plumbline.engine.lm.Sequence;
import org.plumbline.engine.lm.Tensor;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.store.StageFailure;

class TraineeTest {
  private static final Batch BATCH = Batch.of(List.of(new Sequence(new int[] {1, 2, 3}, 1)));

  @TempDir Path folder;

  @Test
  void aLossThatIsNotANumberStopsWithTheStepAndTheRows() {
    try (Trainee trainee = new Trainee(TinyWorld.model(1), AdamW.Settings.DEFAULT)) {
      LanguageModel model = trainee.model();

      assertThatThrownBy(
              () ->
                  trainee.update(
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
        Scope scope = Scope.open()) {
      model.save(broken);
      Map<String, Tensor> parameters = new LinkedHashMap<>(model.parameters().asMap());
      parameters.replaceAll(
          (name, tensor) -> name.endsWith("ln_f.bias") ? tensor.mul(Float.NaN) : tensor);
      Safetensors.write(broken.resolve("model.safetensors"), parameters);
    }
    try (Trainee trainee = new Trainee(LanguageModel.load(broken), AdamW.Settings.DEFAULT)) {
      assertThatThrownBy(() -> trainee.save(saved))
          .isInstanceOf(StageFailure.class)
          .hasMessageContaining("ln_f.bias");
      assertThat(saved).isEmptyDirectory();
    }
  }

  @Test
  void aSavedTraineeGoesOnBitForBit() throws IOException {
    try (Trainee whole = new Trainee(TinyWorld.model(1), AdamW.Settings.DEFAULT)) {
      step(whole);
      Path saved = Files.createDirectory(folder.resolve("saved"));
      whole.save(saved);
      step(whole);

      try (Trainee resumed = Trainee.load(saved, AdamW.Settings.DEFAULT)) {
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

  private static void step(Trainee trainee) {
    LanguageModel model = trainee.model();
    trainee.update(() -> "step", 1e-2, () -> model.meanLoss(BATCH));
  }
}

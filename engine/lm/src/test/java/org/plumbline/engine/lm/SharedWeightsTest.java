// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.lm.tensor.TensorScope;

/** An adapter's model and the one that it adapts have the weights in memory once. */
class SharedWeightsTest {
  private static final Batch BATCH = Batch.of(TestModels.sequences(4, 10, 64, 9));

  @TempDir Path folder;

  @Test
  void whatIsTrainedSharesWhatItLeavesAsItIs() {
    try (LanguageModel start = adapted()) {
      try (LanguageModel trained = start.toTrain(1);
          LanguageModel copy = trained.copy()) {
        assertThat(shared(start, trained)).isTrue();
        assertThat(shared(trained, copy)).isTrue();
        assertThat(sharesAnAdapter(trained, copy)).isFalse();
      }
      assertThat(logits(start)).isNotEmpty();
    }
  }

  @Test
  void theReferenceStaysAsItIsWhileTheAdapterLearns() {
    try (LanguageModel start = adapted();
        LanguageModel trained = start.toTrain(1);
        AdamW optimiser = new AdamW(trained.parameters(), AdamW.Settings.DEFAULT)) {
      float[] before = logits(start);
      assertThat(logits(trained)).isEqualTo(before);

      for (int step = 0; step < 3; step++) {
        optimiser.step(1e-2, () -> trained.meanLoss(BATCH));
      }

      assertThat(logits(start)).isEqualTo(before);
      assertThat(logits(trained)).isNotEqualTo(before);
    }
  }

  @Test
  void aModelThatWasReadSharesWhatIsEqual() {
    LanguageModel start = adapted();
    Path saved = folder.resolve("saved");
    try (LanguageModel trained = start.toTrain(1)) {
      trained.save(saved);
    }
    try (LanguageModel read = LanguageModel.load(saved);
        LanguageModel other = TestModels.micro(4)) {
      float[] before = logits(read);
      assertThat(shared(start, read)).isFalse();

      assertThat(shared(other, read.sharing(other))).isFalse();
      assertThat(shared(start, read.sharing(start))).isTrue();

      start.close();
      assertThat(logits(read)).isEqualTo(before);
    }
  }

  @Test
  void aModelWithoutAdapterSharesNothing() {
    try (LanguageModel start = TestModels.micro(3);
        LanguageModel trained = start.toTrain(1)) {
      assertThat(shared(start, trained.sharing(start))).isFalse();
    }
  }

  private LanguageModel adapted() {
    Path made = folder.resolve("made");
    try (LanguageModel plain = TestModels.micro(3)) {
      plain.save(made);
    }
    new ModelUse(64, Precision.FLOAT32, LoraSettings.of(2, 4)).write(made);
    return LanguageModel.load(made);
  }

  /** Whether a change of one model's first weight is one of the other's; it is undone. */
  private static boolean shared(LanguageModel one, LanguageModel two) {
    return follows(one, two, one.parameters().names().get(0));
  }

  private static boolean sharesAnAdapter(LanguageModel one, LanguageModel two) {
    String name = one.parameters().trainable().keySet().stream().findFirst().orElseThrow();
    return follows(one, two, name);
  }

  private static boolean follows(LanguageModel one, LanguageModel two, String name) {
    TorchTensor tensor = one.parameters().get(name).torch();
    try (TensorScope scope = TensorScope.open()) {
      TorchTensor before = tensor.copy();
      float[] mark = new float[before.toFloats().length];
      Arrays.fill(mark, 7);
      tensor.assign(TorchTensor.floats(mark, one.parameters().get(name).shape()));
      boolean followed = two.parameters().get(name).torch().toFloats()[0] == 7;
      tensor.assign(before);
      return followed;
    }
  }

  private static float[] logits(LanguageModel model) {
    try (TensorScope scope = TensorScope.open()) {
      return model.logits(BATCH).toFloatArray();
    }
  }
}

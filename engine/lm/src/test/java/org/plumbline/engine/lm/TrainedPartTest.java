// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.file.StoredType;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.tensor.TensorScope;

/** What of a model is written where its adapter is trained on weights that are in files. */
class TrainedPartTest {
  private static final LoraSettings LORA =
      LoraSettings.of(2, 4).withTargets(List.of("q_proj", "v_proj"));

  @TempDir Path folder;

  private final Batch batch = Batch.of(TestModels.sequences(3, 12, 11, 1));

  @BeforeEach
  void exportBase() {
    try (LanguageModel model = TestModels.tinyLlama(7)) {
      model.export(base(), StoredType.BFLOAT16);
    }
  }

  private Path base() {
    return folder.resolve("base");
  }

  private LanguageModel trained(LanguageModel model) {
    try (AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      adam.step(0.05, () -> model.meanLoss(batch));
    }
    return model;
  }

  /** Writes a model, puts its weights beside it as a stage does, and reads it again. */
  private LanguageModel through(LanguageModel model, Path target, Path weights) throws IOException {
    assertThat(TrainedPart.saveBeside(model, target))
        .containsExactly(weights.resolve("model.safetensors"));
    assertThat(target.resolve("model.safetensors")).doesNotExist();
    Files.copy(weights.resolve("model.safetensors"), target.resolve("model.safetensors"));
    return LanguageModel.load(target);
  }

  private static void requireSame(LanguageModel one, LanguageModel other) {
    assertThat(TestModels.numbers(one.parameters()))
        .usingRecursiveComparison()
        .isEqualTo(TestModels.numbers(other.parameters()));
    assertThat(one.adapter()).isEqualTo(other.adapter());
    assertThat(one.parameters().trainable().keySet())
        .isEqualTo(other.parameters().trainable().keySet());
    assertThat(one.storedType()).isEqualTo(other.storedType());
  }

  @Test
  void anAdapterAndHeadsAreWrittenBesideTheFilesThatTheWeightsCameIn() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    try (LanguageModel base = LanguageModel.load(base());
        LanguageModel model =
            trained(
                base.copy()
                    .withAdapter(LORA, 3)
                    .withHead(ScalarHead.VALUE, 0.1, 4)
                    .withRewards(1, 0.1, 5));
        LanguageModel again = through(model, first, base());
        // and on from there, with a reward head of another size
        LanguageModel further = trained(again.copy().withRewards(3, 0.1, 6));
        LanguageModel last = through(further, second, first)) {
      requireSame(again, model);
      requireSame(last, further);
      assertThat(last.storedType()).isEqualTo(StoredType.BFLOAT16);
      assertThat(Files.size(second.resolve("model.safetensors")))
          .isEqualTo(Files.size(base().resolve("model.safetensors")));
    }
  }

  /** Its configuration is that of a classifier, whose head is in no file but the adapter's. */
  @Test
  void aRewardModelWhoseOutputIsItsEmbeddingIsReadAgain() throws IOException {
    Path tied = folder.resolve("tied");
    try (LanguageModel model = TestModels.wide("llama")) {
      model.export(tied, StoredType.FLOAT32);
    }
    Path written = folder.resolve("reward");
    try (LanguageModel base = LanguageModel.load(tied);
        LanguageModel model = trained(base.copy().withAdapter(LORA, 3).withRewards(1, 0.1, 5));
        LanguageModel again = through(model, written, tied);
        TensorScope scope = TensorScope.open()) {
      requireSame(again, model);
      assertThat(again.score(batch).toFloatArray()).isEqualTo(model.score(batch).toFloatArray());
      assertThat(ModelSummary.of(written).problems()).isEmpty();
    }
  }

  @Test
  void whatIsTrainedWithoutAnAdapterIsWrittenWhole() throws IOException {
    Path whole = folder.resolve("whole");
    Path adapted = folder.resolve("adapted");
    try (LanguageModel base = LanguageModel.load(base());
        LanguageModel model = trained(base.copy());
        LanguageModel onTop = model.copy().withAdapter(LORA, 3);
        LanguageModel inPlace = trained(base.copy()).withAdapter(LORA, 3);
        LanguageModel merged = trained(base.copy().withAdapter(LORA, 3)).merged();
        LanguageModel again = merged.withAdapter(LORA, 4)) {
      assertThat(TrainedPart.saveBeside(model, whole)).isEmpty();
      assertThat(TrainedPart.saveBeside(onTop, adapted)).isEmpty();
      assertThat(TrainedPart.saveBeside(inPlace, folder.resolve("in-place"))).isEmpty();
      assertThat(TrainedPart.saveBeside(again, folder.resolve("merged"))).isEmpty();
      try (LanguageModel read = LanguageModel.load(whole);
          LanguageModel readAdapted = LanguageModel.load(adapted)) {
        requireSame(read, model);
        requireSame(readAdapted, onTop);
      }
    }
  }

  @Test
  void weightsThatAnAdapterOfOthersNamesElsewhereAreWrittenToo() throws IOException {
    Path peft = folder.resolve("peft");
    try (LanguageModel base = LanguageModel.load(base());
        LanguageModel model = trained(base.copy().withAdapter(LORA, 3))) {
      model.saveAdapter(peft, "../base");
      try (LanguageModel read = LanguageModel.load(peft)) {
        assertThat(TrainedPart.saveBeside(read, folder.resolve("written"))).isEmpty();
        assertThat(folder.resolve("written/model.safetensors")).exists();
      }
    }
  }

  @Test
  void ofSeveralWeightFilesAllAndTheirIndexAreNamed() throws IOException {
    Path sharded = folder.resolve("sharded");
    Files.createDirectories(sharded);
    try (Stream<Path> files = Files.list(base())) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        Files.copy(file, sharded.resolve(name.replace("model.safe", "model-1.safe")));
      }
    }
    StringBuilder map = new StringBuilder();
    try (LanguageModel model = LanguageModel.load(base())) {
      for (String name : model.parameters().names()) {
        map.append(map.isEmpty() ? "" : ",")
            .append("\"%s\": \"model-1.safetensors\"".formatted(name));
      }
    }
    Files.writeString(
        sharded.resolve("model.safetensors.index.json"), "{\"weight_map\": {" + map + "}}");

    try (LanguageModel base = LanguageModel.load(sharded);
        LanguageModel model = base.copy().withAdapter(LORA, 3)) {
      List<Path> beside = TrainedPart.saveBeside(model, folder.resolve("written"));

      assertThat(beside)
          .containsExactly(
              sharded.resolve("model-1.safetensors"),
              sharded.resolve("model.safetensors.index.json"));
    }
  }
}

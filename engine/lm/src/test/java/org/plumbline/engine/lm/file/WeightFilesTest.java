// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TestModels;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.tensor.TensorScope;

class WeightFilesTest {

  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path folder;

  private final Batch batch = Batch.of(TestModels.sequences(3, 12, 11, 1));

  @BeforeEach
  void save() {
    try (LanguageModel model = TestModels.tinyLlama(7)) {
      model.save(folder);
    }
  }

  private void refused(String... parts) {
    assertThatThrownBy(() -> LanguageModel.load(folder))
        .isInstanceOf(ModelFormatException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void shardsThatAreNotThereAreNamed() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    Files.writeString(
        folder.resolve(INDEX),
        "{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}");

    refused(INDEX, "not there: one.safetensors, two.safetensors");
  }

  @Test
  void anIndexThatIsNoIndexIsRefused() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    Files.writeString(folder.resolve(INDEX), "{\"weight_map\":");
    refused(INDEX, "not JSON");

    Files.writeString(folder.resolve(INDEX), "{\"weight_map\":{\"a\":\"../x.safetensors\"}}");
    refused("`../x.safetensors` is not a file name");
  }

  @Test
  void pickledWeightsAreNotReadButExplained() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    refused("model.safetensors", "no such file");

    Files.write(folder.resolve("pytorch_model.bin"), new byte[1]);
    refused("save_pretrained");
  }

  @ParameterizedTest
  @EnumSource(StoredType.class)
  void weightsAreExportedInTheTypeAskedForAndItIsRemembered(StoredType type) throws IOException {
    Path out = folder.resolve("out");
    try (LanguageModel model = LanguageModel.load(folder)) {
      assertThat(model.storedType()).isEqualTo(StoredType.FLOAT32);
      model.export(out, type);
    }
    Map<String, SafetensorsHeader.Entry> entries =
        Safetensors.entries(out.resolve("model.safetensors"));
    assertThat(entries.values()).allSatisfy(e -> assertThat(e.type()).isEqualTo(type.code()));
    String dtype =
        new ObjectMapper()
            .readTree(Files.readAllBytes(out.resolve("config.json")))
            .path("torch_dtype")
            .asText();
    assertThat(dtype).isEqualTo(type.label());

    Path exact = folder.resolve("exact");
    try (LanguageModel rounded = LanguageModel.load(out)) {
      // a checkpoint of training holds 32 bits, and knows what the weights came as
      rounded.save(exact);
      try (LanguageModel again = LanguageModel.load(exact)) {
        assertThat(again.storedType()).isEqualTo(type);
        again.export(folder.resolve("second"), again.storedType());
      }
    }
    assertThat(folder.resolve("second/model.safetensors"))
        .hasSameBinaryContentAs(out.resolve("model.safetensors"));
  }

  @Test
  void roundedWeightsComputeAboutTheSame() {
    Path out = folder.resolve("out");
    try (LanguageModel model = LanguageModel.load(folder);
        TensorScope scope = TensorScope.open()) {
      model.export(out, StoredType.BFLOAT16);
      try (LanguageModel rounded = LanguageModel.load(out)) {
        float exact = model.meanLoss(batch).item();
        assertThat(rounded.meanLoss(batch).item())
            .isNotEqualTo(exact)
            .isBetween(exact - 0.02f, exact + 0.02f);
      }
    }
  }
}

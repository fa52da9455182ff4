// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.file.SafetensorsHeader;
import org.plumbline.engine.lm.file.StoredType;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

class LoraFilesTest {

  private static final LoraSettings SETTINGS =
      new LoraSettings(2, 3, 0.1, List.of("c_attn", "mlp.c_proj"), false);

  @TempDir Path folder;

  private final Batch batch = Batch.of(TestModels.sequences(3, 12, 11, 1));

  private static LanguageModel trained(Batch batch) {
    LanguageModel model = TestModels.tiny(7).withAdapter(SETTINGS, 3);
    try (AdamW adam = new AdamW(model.parameters(), AdamW.Settings.DEFAULT)) {
      adam.step(0.05, () -> model.meanLoss(batch));
      adam.step(0.05, () -> model.meanLoss(batch));
    }
    return model;
  }

  private float[] logits(LanguageModel model) {
    try (TensorScope scope = TensorScope.open()) {
      return model.logits(batch).toFloatArray();
    }
  }

  private Path base() {
    return folder.resolve("base");
  }

  private Path adapter() {
    return folder.resolve("adapter");
  }

  @BeforeEach
  void saveBaseAndAdapter() {
    try (LanguageModel base = TestModels.tiny(7);
        LanguageModel model = trained(batch)) {
      base.save(base());
      model.saveAdapter(adapter(), "../base");
    }
  }

  @Test
  void theDirectoryIsWhatPeftReads() throws IOException {
    JsonNode config = json();
    assertThat(config.path("peft_type").asText()).isEqualTo("LORA");
    assertThat(config.path("task_type").asText()).isEqualTo("CAUSAL_LM");
    assertThat(config.path("r").asInt()).isEqualTo(2);
    assertThat(config.path("lora_alpha").asInt()).isEqualTo(3);
    assertThat(config.path("fan_in_fan_out").asBoolean()).isTrue();
    assertThat(config.path("target_modules").toString()).isEqualTo("[\"c_attn\",\"mlp.c_proj\"]");
    Map<String, SafetensorsHeader.Entry> entries =
        Safetensors.entries(adapter().resolve("adapter_model.safetensors"));
    assertThat(entries.keySet())
        .containsExactlyInAnyOrder(
            "base_model.model.transformer.h.0.attn.c_attn.lora_A.weight",
            "base_model.model.transformer.h.0.attn.c_attn.lora_B.weight",
            "base_model.model.transformer.h.0.mlp.c_proj.lora_A.weight",
            "base_model.model.transformer.h.0.mlp.c_proj.lora_B.weight",
            "base_model.model.transformer.h.1.attn.c_attn.lora_A.weight",
            "base_model.model.transformer.h.1.attn.c_attn.lora_B.weight",
            "base_model.model.transformer.h.1.mlp.c_proj.lora_A.weight",
            "base_model.model.transformer.h.1.mlp.c_proj.lora_B.weight");
    // Conv1D: the stored matrix is [in 64, out 16], A is [rank, in] and B [out, rank] all the same
    assertThat(
            TestModels.get(entries, "base_model.model.transformer.h.0.mlp.c_proj.lora_A.weight")
                .shape())
        .containsExactly(2, 64);
    assertThat(
            TestModels.get(entries, "base_model.model.transformer.h.0.mlp.c_proj.lora_B.weight")
                .shape())
        .containsExactly(16, 2);
  }

  @Test
  void anAdapterLoadsWithItsBaseAndOnAModelAtHand() {
    try (LanguageModel model = trained(batch);
        LanguageModel loaded = LanguageModel.load(adapter());
        LanguageModel added = LanguageModel.load(base()).withAdapter(adapter());
        LanguageModel copy = added.copy()) {
      assertThat(loaded.adapter()).isEqualTo(model.adapter());
      assertThat(logits(loaded)).isEqualTo(logits(model));
      assertThat(logits(added)).isEqualTo(logits(model));
      assertThat(logits(copy)).isEqualTo(logits(model));
      assertThat(copy.parameters().trainable().keySet())
          .isEqualTo(model.parameters().trainable().keySet());
    }
  }

  @Test
  void aSavedModelGoesOnTrainingItsAdapterAndAnExportedOneIsMerged() throws IOException {
    Path saved = folder.resolve("saved");
    Path exported = folder.resolve("exported");
    try (LanguageModel model = trained(batch)) {
      model.save(saved);
      model.export(exported, StoredType.FLOAT32);
      try (LanguageModel again = LanguageModel.load(saved);
          LanguageModel whole = LanguageModel.load(exported)) {
        assertThat(TestModels.numbers(again.parameters()))
            .usingRecursiveComparison()
            .isEqualTo(TestModels.numbers(model.parameters()));
        assertThat(again.parameters().trainable()).hasSize(8);
        assertThat(whole.adapter()).isNull();
        assertThat(logits(whole)).isEqualTo(logits(model));
        assertThat(whole.parameters().trainable()).hasSize(28);
      }
    }
    assertThat(saved.resolve("model.safetensors"))
        .hasSameBinaryContentAs(base().resolve("model.safetensors"));
  }

  @Test
  void aRewardHeadTravelsWithTheAdapter() throws IOException {
    try (LanguageModel model = TestModels.tiny(7).withHead(ScalarHead.REWARD, 0.5, 1);
        LanguageModel adapted = model.withAdapter(SETTINGS, 3)) {
      adapted.saveAdapter(adapter(), "../base");
      assertThat(json().path("modules_to_save").toString()).isEqualTo("[\"score\"]");
      try (LanguageModel loaded = LanguageModel.load(adapter());
          TensorScope scope = TensorScope.open()) {
        assertThat(loaded.score(batch).toFloatArray())
            .isEqualTo(adapted.score(batch).toFloatArray());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "use_dora,true,use_dora",
    "peft_type,\"IA3\",peft_type",
    "rank_pattern,{\"x\":3},rank_pattern",
    "bias,\"all\",bias",
    "r,0,rank 0",
    "r,3,'is [2, 16], not [3, 16]'",
    "lora_alpha,0,alpha 0"
  })
  void settingsThatAreNotKnownAreRefused(String key, String value, String message)
      throws IOException {
    ObjectNode config = (ObjectNode) json();
    config.set(key, new ObjectMapper().readTree(value));
    Files.writeString(adapter().resolve("adapter_config.json"), config.toString());

    assertThatThrownBy(() -> LanguageModel.load(adapter()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aBaseThatIsNotThereIsNamed() throws IOException {
    ObjectNode config = (ObjectNode) json();
    config.put("base_model_name_or_path", "some/model");
    Files.writeString(adapter().resolve("adapter_config.json"), config.toString());

    assertThatThrownBy(() -> LanguageModel.load(adapter()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("`some/model`");
  }

  @Test
  void matricesThatDoNotFitAreNamed() {
    Path weights = adapter().resolve("adapter_model.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> tensors = new HashMap<>(Safetensors.read(weights));
      tensors.remove("base_model.model.transformer.h.0.attn.c_attn.lora_B.weight");
      tensors.put("base_model.model.transformer.h.7.attn.c_attn.lora_A.weight", Tensor.ones(2, 16));
      Safetensors.write(weights, tensors);
    }

    assertThatThrownBy(() -> LanguageModel.load(adapter()))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("missing `transformer.h.0.attn.c_attn.lora_B.weight` [48, 2]")
        .hasMessageContaining("unexpected `transformer.h.7.attn.c_attn.lora_A.weight`");
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper()
        .readTree(Files.readAllBytes(adapter().resolve("adapter_config.json")));
  }
}

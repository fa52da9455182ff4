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
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

class ModelDirectoryTest {

  @TempDir Path folder;

  private final Batch batch = Batch.of(TestModels.sequences(3, 12, 11, 1));

  @BeforeEach
  void save() {
    try (LanguageModel model = TestModels.tiny(7).withHead(ScalarHead.VALUE, 0.1, 1)) {
      model.save(folder);
    }
  }

  @Test
  void aSavedModelLoadsBitForBit() {
    try (LanguageModel model = TestModels.tiny(7).withHead(ScalarHead.VALUE, 0.1, 1);
        LanguageModel loaded = LanguageModel.load(folder);
        TensorScope scope = TensorScope.open()) {
      assertThat(loaded.config()).isEqualTo(model.config());
      assertThat(loaded.parameters().names()).isEqualTo(model.parameters().names());
      assertThat(TestModels.numbers(loaded.parameters()))
          .usingRecursiveComparison()
          .isEqualTo(TestModels.numbers(model.parameters()));
      assertThat(loaded.logits(batch).toFloatArray()).isEqualTo(model.logits(batch).toFloatArray());
      assertThat(loaded.tokenizer().json()).isEqualTo(model.tokenizer().json());
    }
  }

  @Test
  void savingTwiceGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("again");
    try (LanguageModel loaded = LanguageModel.load(folder)) {
      loaded.save(again);
    }

    for (String file :
        new String[] {
          "config.json", "generation_config.json", "model.safetensors", "tokenizer.json"
        }) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
    }
  }

  @Test
  void configurationUsesTheKeysOfTransformers() throws IOException {
    JsonNode config = json("config.json");

    assertThat(config.path("model_type").asText()).isEqualTo("gpt2");
    assertThat(config.path("architectures").get(0).asText()).isEqualTo("GPT2LMHeadModel");
    assertThat(config.path("n_embd").asInt()).isEqualTo(16);
    assertThat(config.path("activation_function").asText()).isEqualTo("gelu_new");
    assertThat(json("generation_config.json").path("eos_token_id").asInt()).isZero();
    assertThat(json("tokenizer_config.json").path("eos_token").asText())
        .isEqualTo(Tokenizer.END_OF_TEXT);
  }

  @Test
  void aRewardModelIsASequenceClassifier() throws IOException {
    try (LanguageModel model = TestModels.tiny(7).withHead(ScalarHead.REWARD, 0.1, 1)) {
      model.save(folder);
    }

    JsonNode config = json("config.json");
    assertThat(config.path("architectures").get(0).asText())
        .isEqualTo("GPT2ForSequenceClassification");
    assertThat(config.path("id2label")).hasSize(1);
    try (LanguageModel loaded = LanguageModel.load(folder)) {
      assertThat(loaded.has(ScalarHead.REWARD)).isTrue();
    }
  }

  @Test
  void aRewardHeadOfSeveralOutputsIsAClassifierOfSeveralLabels() throws IOException {
    Batch batch = Batch.of(List.of(new Sequence(new int[] {1, 2, 3}, 1)));
    float[] before;
    try (LanguageModel model = TestModels.tiny(7).withHead(ScalarHead.REWARD, 0.1, 1);
        TensorScope scope = TensorScope.open()) {
      model.withRewards(3, 0.1, 1).save(folder);
      before = model.score(batch).toFloatArray();
    }

    assertThat(json("config.json").path("id2label")).hasSize(3);
    try (LanguageModel loaded = LanguageModel.load(folder);
        LanguageModel copy = loaded.copy();
        TensorScope scope = TensorScope.open()) {
      assertThat(loaded.rewardOutputs()).isEqualTo(3);
      assertThat(loaded.score(batch).shape()).containsExactly(1, 3);
      assertThat(loaded.score(batch).toFloatArray()).isEqualTo(before);
      assertThat(copy.score(batch).toFloatArray()).isEqualTo(before);
      assertThat(loaded.withRewards(3, 1, 9).score(batch).toFloatArray()).isEqualTo(before);
    }
  }

  @Test
  void thePaddingTokenOfAConfigurationIsKept() throws IOException {
    ObjectNode config = (ObjectNode) json("config.json");
    config.put("pad_token_id", 3);
    Files.writeString(folder.resolve("config.json"), config.toString());

    try (LanguageModel loaded = LanguageModel.load(folder)) {
      loaded.save(folder.resolve("again"));
    }
    assertThat(json("again/config.json").path("pad_token_id").asInt()).isEqualTo(3);
  }

  @Test
  void namesWithoutPrefixAndStoredMasksAreUnderstood() {
    Path weights = folder.resolve("model.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> bare = new HashMap<>();
      Safetensors.read(weights).forEach((name, t) -> bare.put(name.replace("transformer.", ""), t));
      bare.put("h.0.attn.bias", Tensor.ones(1, 1, 32, 32));
      bare.put("h.0.attn.masked_bias", Tensor.scalar(-1e4));
      Safetensors.write(weights, bare);
    }

    try (LanguageModel model = TestModels.tiny(7);
        LanguageModel loaded = LanguageModel.load(folder);
        TensorScope scope = TensorScope.open()) {
      assertThat(loaded.logits(batch).toFloatArray()).isEqualTo(model.logits(batch).toFloatArray());
    }
  }

  @Test
  void missingExtraAndMisshapenTensorsAreAllNamed() {
    Path weights = folder.resolve("model.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> tensors = new HashMap<>(Safetensors.read(weights));
      tensors.remove("transformer.ln_f.bias");
      tensors.put("surprise", Tensor.ones(1));
      tensors.put("transformer.wpe.weight", Tensor.ones(2, 16));
      Safetensors.write(weights, tensors);
    }

    assertThatThrownBy(() -> LanguageModel.load(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("missing `transformer.ln_f.bias` [16]")
        .hasMessageContaining("unexpected `surprise`")
        .hasMessageContaining("`transformer.wpe.weight` is [2, 16], not [32, 16]");
  }

  @Test
  void unknownArchitecturesAreRefusedByName() throws IOException {
    ObjectNode config = (ObjectNode) json("config.json");
    config.put("model_type", "mamba");
    Files.writeString(folder.resolve("config.json"), config.toString());

    assertThatThrownBy(() -> LanguageModel.load(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("mamba")
        .hasMessageContaining("gpt2");
  }

  @Test
  void aTokenizerWithMoreIdsThanEmbeddingsIsRefused() throws IOException {
    Files.write(folder.resolve("tokenizer.json"), Tokenizer.train(List.of("x"), 257).json());

    assertThatThrownBy(() -> LanguageModel.load(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("257");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("config.json"));

    assertThatThrownBy(() -> LanguageModel.load(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("config.json");
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(folder.resolve(file)));
  }
}

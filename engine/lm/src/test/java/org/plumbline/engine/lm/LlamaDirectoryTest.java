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
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.LlamaShape.Bias;
import org.plumbline.engine.lm.config.LlamaShape.Layer;
import org.plumbline.engine.lm.config.LlamaShape.Output;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.config.Rope;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

class LlamaDirectoryTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  private final Batch batch = Batch.of(TestModels.sequences(3, 12, 11, 1));

  @BeforeEach
  void save() {
    try (LanguageModel model = llama()) {
      model.save(folder);
    }
  }

  private static LanguageModel llama() {
    LlamaShape shape =
        new LlamaShape(
            1, 4, Output.OWN, Set.of(), false, Rope.plain(1e4), List.of(Layer.PLAIN, Layer.PLAIN));
    ModelConfig config =
        new ModelConfig("llama", 11, 32, 8, 2, 2, 12, 1e-5, 0.3, 0, List.of(), shape);
    return LanguageModel.create(config, TestModels.letters(), 7);
  }

  @Test
  void aSavedModelLoadsBitForBitAndSavesTheSameBytes() throws IOException {
    Path again = folder.resolve("again");
    try (LanguageModel model = llama();
        LanguageModel loaded = LanguageModel.load(folder);
        TensorScope scope = TensorScope.open()) {
      assertThat(loaded.config()).isEqualTo(model.config());
      assertThat(loaded.logits(batch).toFloatArray()).isEqualTo(model.logits(batch).toFloatArray());
      loaded.save(again);
    }
    for (String file : List.of("config.json", "generation_config.json", "model.safetensors")) {
      assertThat(again.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
    }
  }

  @Test
  void keysOfTransformersFiveMeanTheSame() throws IOException {
    ModelConfig before = config();
    edit(
        json -> {
          json.remove(List.of("rope_theta", "rope_scaling", "torch_dtype"));
          json.putObject("rope_parameters").put("rope_theta", 1e4).put("rope_type", "default");
          json.put("dtype", "float32").putNull("pad_token_id");
        });

    assertThat(config()).isEqualTo(before);
  }

  @Test
  void scalingIsReadFromOldAndNewKeys() throws IOException {
    edit(json -> json.putObject("rope_scaling").put("type", "linear").put("factor", 2.0));
    Rope old = config().llamaShape().rope();
    edit(
        json -> {
          json.remove(List.of("rope_theta", "rope_scaling"));
          ObjectNode rope = json.putObject("rope_parameters").put("rope_theta", 1e4);
          rope.put("rope_type", "linear").put("factor", 2.0);
        });

    assertThat(old).isEqualTo(new Rope("linear", 1e4, Map.of("factor", 2.0)));
    assertThat(config().llamaShape().rope()).isEqualTo(old);
  }

  @Test
  void unknownScalingIsRefused() throws IOException {
    edit(json -> json.putObject("rope_scaling").put("rope_type", "longrope").put("factor", 2.0));

    assertThatThrownBy(this::config)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("longrope")
        .hasMessageContaining("yarn");
  }

  @Test
  void whatAMissingKeyMeansDependsOnTheType() throws IOException {
    edit(json -> json.remove(List.of("tie_word_embeddings", "head_dim", "rope_theta")));

    assertThat(typed("llama").output()).isEqualTo(Output.OWN);
    assertThat(typed("smollm3").output()).isEqualTo(Output.TIED);
    assertThat(typed("smollm3").rope().theta()).isEqualTo(2e6);
    assertThat(typed("llama").headWidth()).isEqualTo(4);
    assertThat(typed("qwen3").headWidth()).isEqualTo(128);
    assertThat(typed("qwen3").queryKeyNorm()).isTrue();
    assertThat(typed("qwen2").biases()).containsExactly(Bias.QUERY_KEY_VALUE);
    assertThat(typed("mistral").biases()).isEmpty();
  }

  @Test
  void aWindowCountsOnlyWhereItIsSwitchedOn() throws IOException {
    edit(json -> json.put("sliding_window", 8).put("max_window_layers", 1));
    assertThat(typed("mistral").layers()).containsOnly(new Layer(true, 8));
    assertThat(typed("qwen2").layers()).containsOnly(Layer.PLAIN);
    assertThat(typed("llama").layers()).containsOnly(Layer.PLAIN);

    edit(json -> json.put("use_sliding_window", true));
    assertThat(typed("qwen2").layers()).containsExactly(Layer.PLAIN, new Layer(true, 8));
  }

  @Test
  void layersWithoutPositionsFollowTheListOrTheInterval() throws IOException {
    edit(json -> json.put("no_rope_layer_interval", 2));
    assertThat(typed("smollm3").layers()).extracting(Layer::rotates).containsExactly(true, false);

    edit(json -> json.putArray("no_rope_layers").add(0).add(1));
    assertThat(typed("smollm3").layers()).extracting(Layer::rotates).containsExactly(false, true);
  }

  @Test
  void severalEndTokensComeFromBothFiles() throws IOException {
    edit(json -> json.putArray("eos_token_id").add(3).add(5));
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [5, 7]}");

    try (LanguageModel loaded = LanguageModel.load(folder)) {
      assertThat(loaded.config().endOfText()).isEqualTo(3);
      assertThat(loaded.config().otherEnds()).containsExactly(5, 7);
      loaded.save(folder.resolve("again"));
      assertThat(json("again/config.json").path("eos_token_id")).hasSize(3);
      assertThat(json("again/generation_config.json").path("eos_token_id")).hasSize(2);
    }
  }

  @Test
  void weightsMayBeSpreadOverFiles() throws IOException {
    split();
    try (LanguageModel model = llama();
        LanguageModel loaded = LanguageModel.load(folder);
        TensorScope scope = TensorScope.open()) {
      assertThat(loaded.logits(batch).toFloatArray()).isEqualTo(model.logits(batch).toFloatArray());
    }
    ModelSummary summary = ModelSummary.of(folder);
    assertThat(summary.files()).containsExactlyInAnyOrder("a.safetensors", "b.safetensors");
    assertThat(summary.problems()).isEmpty();

    Files.delete(folder.resolve("b.safetensors"));
    assertThatThrownBy(() -> LanguageModel.load(folder)).hasMessageContaining("b.safetensors");
  }

  private void split() throws IOException {
    ObjectNode index = MAPPER.createObjectNode();
    ObjectNode map = index.putObject("weight_map");
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> first = new HashMap<>();
      Map<String, Tensor> second = new HashMap<>();
      Safetensors.read(folder.resolve("model.safetensors"))
          .forEach(
              (name, tensor) -> {
                boolean one = name.contains("layers.0");
                (one ? first : second).put(name, tensor);
                map.put(name, one ? "a.safetensors" : "b.safetensors");
              });
      Safetensors.write(folder.resolve("a.safetensors"), first);
      Safetensors.write(folder.resolve("b.safetensors"), second);
    }
    Files.delete(folder.resolve("model.safetensors"));
    Files.writeString(folder.resolve("model.safetensors.index.json"), index.toString());
  }

  @Test
  void anIndexCannotLeadOutOfTheDirectory() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"weight_map\": {\"x\": \"../secret.safetensors\"}}");

    assertThatThrownBy(() -> LanguageModel.load(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("../secret.safetensors");
  }

  @Test
  void withoutATokenizerThereAreIdsOnly() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));

    try (LanguageModel loaded = LanguageModel.load(folder)) {
      assertThat(loaded.hasTokenizer()).isFalse();
      assertThatThrownBy(loaded::tokenizer).isInstanceOf(ModelFormatException.class);
      assertThat(ModelReply.of(loaded, new int[] {1, 2}, 16).greedy()).hasSize(16);
      loaded.save(folder.resolve("again"));
      assertThat(folder.resolve("again").resolve("tokenizer.json")).doesNotExist();
    }
  }

  @Test
  void storedFrequenciesAndRepeatedTiedEmbeddingsAreUnderstood() throws IOException {
    change(
        tensors -> {
          tensors.put("model.layers.0.self_attn.rotary_emb.inv_freq", Tensor.ones(2));
          tensors.put("lm_head.weight", TestModels.get(tensors, "model.embed_tokens.weight"));
        });
    edit(json -> json.put("tie_word_embeddings", true));

    try (LanguageModel loaded = LanguageModel.load(folder)) {
      assertThat(loaded.config().llamaShape().output()).isEqualTo(Output.TIED);
    }
  }

  @Test
  void aMatrixInTheFileCountsWhereItDiffersFromTheTiedEmbedding() throws IOException {
    edit(json -> json.put("tie_word_embeddings", true));

    try (LanguageModel loaded = LanguageModel.load(folder)) {
      assertThat(loaded.config().llamaShape().output()).isEqualTo(Output.OWN);
    }
  }

  @Test
  void aClassifierNeedsItsHeadButNoOutputMatrix() throws IOException {
    edit(json -> json.putArray("architectures").add("LlamaForSequenceClassification"));
    change(tensors -> tensors.remove("lm_head.weight"));

    assertThat(ModelSummary.of(folder).problems()).containsExactly("missing `score.weight` [1, 8]");
    assertThatThrownBy(() -> LanguageModel.load(folder)).hasMessageContaining("score.weight");

    change(tensors -> tensors.put("score.weight", Tensor.ones(1, 8)));
    try (LanguageModel loaded = LanguageModel.load(folder);
        TensorScope scope = TensorScope.open()) {
      assertThat(loaded.score(batch).toFloatArray()).hasSize(3);
    }
  }

  @Test
  void theSummaryNamesWhatDoesNotFit() {
    change(
        tensors -> {
          tensors.remove("model.norm.weight");
          tensors.put("surprise", Tensor.ones(3));
        });

    ModelSummary summary = ModelSummary.of(folder);

    assertThat(summary.architecture()).isEqualTo("llama");
    assertThat(summary.types()).containsExactly("F32");
    assertThat(summary.tokens()).isEqualTo(11);
    assertThat(summary.chatTemplate()).isFalse();
    // two embeddings 11x8; per layer q 8x8, k and v 4x8, o 8x8, three 12x8 and two norms; surprise
    assertThat(summary.parameters()).isEqualTo(2 * 88 + 2 * (64 + 64 + 64 + 288 + 16) + 3);
    assertThat(summary.problems())
        .containsExactly("missing `model.norm.weight` [8]", "unexpected `surprise` [3]");
  }

  @Test
  void aChatTemplateIsSeenAndKept() throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages }}");

    assertThat(ModelSummary.of(folder).chatTemplate()).isTrue();
    try (LanguageModel loaded = LanguageModel.load(folder)) {
      loaded.save(folder.resolve("again"));
    }
    assertThat(folder.resolve("again").resolve("chat_template.jinja")).hasContent("{{ messages }}");
  }

  @Test
  void repliesRefuseWhatTheModelCannotRead() {
    try (LanguageModel model = llama()) {
      assertThatThrownBy(() -> ModelReply.of(model, new int[33], 1)).hasMessageContaining("33");
      assertThatThrownBy(() -> ModelReply.of(model, new int[] {11}, 1)).hasMessageContaining("11");
      assertThat(ModelReply.of(model, new int[30], 16).greedy()).hasSize(2);
    }
  }

  private interface Edit<T> {
    void on(T target);
  }

  private void edit(Edit<ObjectNode> edit) throws IOException {
    ObjectNode config = (ObjectNode) json("config.json");
    edit.on(config);
    Files.writeString(folder.resolve("config.json"), config.toString());
  }

  private void change(Edit<Map<String, Tensor>> edit) {
    try (TensorScope scope = TensorScope.open()) {
      Path file = folder.resolve("model.safetensors");
      Map<String, Tensor> tensors = new HashMap<>(Safetensors.read(file));
      edit.on(tensors);
      Safetensors.write(file, tensors);
    }
  }

  private ModelConfig config() {
    return ModelDirectory.config(folder, SourceFiles.read(folder));
  }

  private LlamaShape typed(String type) throws IOException {
    edit(json -> json.put("model_type", type));
    return config().llamaShape();
  }

  private JsonNode json(String file) throws IOException {
    return MAPPER.readTree(Files.readAllBytes(folder.resolve(file)));
  }
}

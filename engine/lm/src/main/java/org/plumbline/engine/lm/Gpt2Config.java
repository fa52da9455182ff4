package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/** GPT-2's {@code config.json}, in the keys that transformers 4 and 5 share. */
record Gpt2Config(Path file, JsonNode json) {

  /** Reads a configuration, with the tokens that end a text, most important first. */
  ModelConfig toConfig(List<Integer> ends) {
    String type = json.path("model_type").asText();
    Architecture.of(type);
    String activation = json.path("activation_function").asText("gelu_new");
    if (!activation.equals("gelu_new") && !activation.equals("gelu_pytorch_tanh")) {
      throw ModelFormatException.setting(file, "activation `" + activation + "` is not supported");
    }
    reject("scale_attn_by_inverse_layer_idx", true);
    reject("scale_attn_weights", false);
    reject("add_cross_attention", true);
    reject("tie_word_embeddings", false);
    int width = whole("n_embd");
    try {
      return new ModelConfig(
          type,
          whole("vocab_size"),
          whole("n_positions"),
          width,
          whole("n_layer"),
          whole("n_head"),
          json.path("n_inner").isNumber() ? whole("n_inner") : 4 * width,
          json.path("layer_norm_epsilon").asDouble(1e-5),
          json.path("initializer_range").asDouble(0.02),
          ends.isEmpty() ? 0 : ends.get(0),
          ends.isEmpty() ? List.of() : ends.subList(1, ends.size()),
          null);
    } catch (IllegalArgumentException e) {
      throw ModelFormatException.setting(file, String.valueOf(e.getMessage()));
    }
  }

  private int whole(String key) {
    JsonNode node = json.path(key);
    if (!node.canConvertToInt() || !node.isIntegralNumber()) {
      throw ModelFormatException.setting(file, "`" + key + "` is not a whole number");
    }
    return node.intValue();
  }

  private void reject(String key, boolean value) {
    JsonNode node = json.path(key);
    if (node.isBoolean() && node.booleanValue() == value) {
      throw ModelFormatException.setting(file, "`" + key + "`: " + value + " is not supported");
    }
  }

  static ObjectNode toJson(LanguageModel model) {
    ModelConfig config = model.stored();
    ObjectNode json = new ObjectMapper().createObjectNode();
    boolean classifier = model.has(ScalarHead.REWARD);
    json.putArray("architectures")
        .add(classifier ? "GPT2ForSequenceClassification" : "GPT2LMHeadModel");
    json.put("model_type", config.architecture()).put("activation_function", "gelu_new");
    json.put("vocab_size", config.vocabularySize()).put("n_positions", config.contextLength());
    json.put("n_ctx", config.contextLength()).put("n_embd", config.width());
    json.put("n_layer", config.layers()).put("n_head", config.heads());
    json.put("n_inner", config.feedForwardWidth());
    json.put("layer_norm_epsilon", config.normEpsilon());
    json.put("initializer_range", config.initialDeviation());
    json.put("attn_pdrop", 0.0).put("embd_pdrop", 0.0).put("resid_pdrop", 0.0);
    json.put("bos_token_id", config.endOfText());
    LlamaConfig.ends(json, config);
    json.put("tie_word_embeddings", true).put("torch_dtype", "float32").put("use_cache", true);
    if (classifier) {
      json.putObject("id2label").put("0", "reward");
      json.putObject("label2id").put("reward", 0);
    }
    return json;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.plumbline.engine.lm.config.ConfigKeys;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.internal.ModelLimits;

/** GPT-2's {@code config.json}, in the keys that transformers 4 and 5 share. */
record Gpt2Config(ConfigKeys keys) {

  /** Reads a configuration, with the tokens that end a text, most important first. */
  ModelConfig toConfig(List<Integer> ends) {
    JsonNode json = keys.json();
    String type = json.path("model_type").asText();
    Architecture.of(type);
    String activation = json.path("activation_function").asText("gelu_new");
    if (!activation.equals("gelu_new") && !activation.equals("gelu_pytorch_tanh")) {
      throw ModelFormatException.setting(
          keys.file(), "activation `" + activation + "` is not supported");
    }
    reject("scale_attn_by_inverse_layer_idx", true);
    reject("scale_attn_weights", false);
    reject("add_cross_attention", true);
    reject("tie_word_embeddings", false);
    int width = keys.whole("n_embd", ModelLimits.WIDTH);
    try {
      return new ModelConfig(
          type,
          keys.whole("vocab_size", ModelLimits.VOCABULARY),
          keys.whole("n_positions", ModelLimits.CONTEXT),
          width,
          keys.whole("n_layer", ModelLimits.LAYERS),
          keys.whole("n_head", ModelLimits.HEADS),
          keys.whole("n_inner", 4 * ModelLimits.WIDTH, 4 * width),
          keys.number("layer_norm_epsilon", 1e-5),
          keys.number("initializer_range", 0.02),
          ends.isEmpty() ? 0 : ends.get(0),
          ends.isEmpty() ? List.of() : ends.subList(1, ends.size()),
          null);
    } catch (IllegalArgumentException e) {
      throw ModelFormatException.setting(keys.file(), String.valueOf(e.getMessage()));
    }
  }

  private void reject(String key, boolean value) {
    JsonNode node = keys.json().path(key);
    if (node.isBoolean() && node.booleanValue() == value) {
      throw ModelFormatException.setting(
          keys.file(), "`" + key + "`: " + value + " is not supported");
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
      LlamaConfig.labels(model.rewardOutputs(), json);
    }
    return json;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.plumbline.engine.lm.config.ConfigKeys;
import org.plumbline.engine.lm.config.LlamaFamily;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.LlamaShape.Bias;
import org.plumbline.engine.lm.config.LlamaShape.Layer;
import org.plumbline.engine.lm.config.LlamaShape.Output;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.config.Rope;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.internal.ModelLimits;

/**
 * The {@code config.json} of the Llama family, read in the keys of transformers 4 and 5, written in
 * those of 4, which both understand.
 *
 * <p>Version 5 moved {@code rope_theta} and {@code rope_scaling} into {@code rope_parameters}.
 */
record LlamaConfig(LlamaFamily family, ConfigKeys keys) {

  private static final String CLASSIFIER = "ForSequenceClassification";

  /**
   * Reads a configuration.
   *
   * @param ends tokens that end a text, most important first; at least one
   */
  ModelConfig toConfig(List<Integer> ends) {
    keys.require("hidden_act", "silu");
    keys.require("partial_rotary_factor", "1.0");
    try {
      return new ModelConfig(
          keys.text("model_type", ""),
          keys.whole("vocab_size", ModelLimits.VOCABULARY),
          keys.whole(
              "max_position_embeddings", ModelLimits.CONTEXT, family.defaults().contextLength()),
          keys.whole("hidden_size", ModelLimits.WIDTH),
          keys.whole("num_hidden_layers", ModelLimits.LAYERS),
          keys.whole("num_attention_heads", ModelLimits.HEADS),
          keys.whole("intermediate_size", ModelLimits.WIDTH),
          keys.number("rms_norm_eps", 1e-6),
          keys.number("initializer_range", 0.02),
          ends.get(0),
          ends.subList(1, ends.size()),
          shape());
    } catch (IllegalArgumentException e) {
      throw ModelFormatException.setting(keys.file(), String.valueOf(e.getMessage()));
    }
  }

  private LlamaShape shape() {
    LlamaFamily.Defaults defaults = family.defaults();
    int heads = Math.max(1, keys.whole("num_attention_heads", ModelLimits.HEADS));
    int pairs = defaults.keyValueHeads() == 0 ? heads : defaults.keyValueHeads();
    int headWidth =
        defaults.headWidth() == 0
            ? keys.whole("hidden_size", ModelLimits.WIDTH) / heads
            : defaults.headWidth();
    return new LlamaShape(
        keys.whole("num_key_value_heads", ModelLimits.HEADS, pairs),
        keys.whole("head_dim", ModelLimits.WIDTH, headWidth),
        output(),
        biases(),
        family == LlamaFamily.QWEN3,
        rope(),
        layers());
  }

  private Output output() {
    if (keys.json().path("architectures").path(0).asText().endsWith(CLASSIFIER)) {
      return Output.NONE;
    }
    return keys.flag("tie_word_embeddings", family.defaults().tied()) ? Output.TIED : Output.OWN;
  }

  private Set<Bias> biases() {
    Set<Bias> biases = EnumSet.noneOf(Bias.class);
    if (family == LlamaFamily.QWEN2) {
      biases.add(Bias.QUERY_KEY_VALUE);
    } else if (family != LlamaFamily.MISTRAL && keys.flag("attention_bias", false)) {
      biases.add(Bias.QUERY_KEY_VALUE);
      biases.add(Bias.ATTENTION_OUTPUT);
    }
    boolean mayHave = family == LlamaFamily.LLAMA || family == LlamaFamily.SMOLLM3;
    if (mayHave && keys.flag("mlp_bias", false)) {
      biases.add(Bias.FEED_FORWARD);
    }
    return biases;
  }

  private Rope rope() {
    ConfigKeys scaling = keys.has("rope_parameters") ? keys.part("rope_parameters") : old();
    double theta = keys.number("rope_theta", family.defaults().theta());
    scaling.require("truncate", "true");
    Map<String, Double> settings = new TreeMap<>();
    for (String name : Rope.SETTINGS) {
      if (scaling.has(name)) {
        settings.put(name, scaling.number(name, 0));
      }
    }
    String type = scaling.text("rope_type", scaling.text("type", "default"));
    return new Rope(type, scaling.number("rope_theta", theta), settings);
  }

  private ConfigKeys old() {
    return keys.part("rope_scaling");
  }

  /** Older files say nothing per layer: the types follow from the interval and the window. */
  private List<Layer> layers() {
    int count = keys.whole("num_hidden_layers", ModelLimits.LAYERS);
    int window = window();
    List<Integer> rotating = keys.wholes("no_rope_layers", ModelLimits.ITEMS);
    int interval = keys.whole("no_rope_layer_interval", Integer.MAX_VALUE, 4);
    if (interval == 0) {
      throw ModelFormatException.setting(keys.file(), "`no_rope_layer_interval` is 0");
    }
    JsonNode types = keys.items("layer_types");
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < count; l++) {
      boolean rotates = true;
      if (family == LlamaFamily.SMOLLM3) {
        rotates = l < rotating.size() ? rotating.get(l) != 0 : (l + 1) % interval != 0;
      }
      boolean slides =
          types.has(l)
              ? types.get(l).asText().equals("sliding_attention")
              : slidesByRule(l, rotates);
      layers.add(new Layer(rotates, slides ? window : 0));
    }
    return layers;
  }

  private boolean slidesByRule(int layer, boolean rotates) {
    return switch (family) {
      case LLAMA -> false;
      case MISTRAL -> true;
      case QWEN2, QWEN3 -> layer >= keys.whole("max_window_layers", Integer.MAX_VALUE, 28);
      case SMOLLM3 -> !rotates;
    };
  }

  /** A window counts only if it is switched on; Mistral has no such switch. */
  private int window() {
    if (family == LlamaFamily.LLAMA) {
      return 0;
    }
    if (family == LlamaFamily.MISTRAL) {
      return keys.json().has("sliding_window")
          ? keys.whole("sliding_window", Integer.MAX_VALUE, 0)
          : 4096;
    }
    return keys.flag("use_sliding_window", false)
        ? keys.whole("sliding_window", Integer.MAX_VALUE, 4096)
        : 0;
  }

  /** Returns the keys that describe a model, with those of {@code source} that name tokens. */
  static ObjectNode toJson(LanguageModel model, JsonNode source) {
    ModelConfig config = model.stored();
    LlamaShape shape = config.llamaShape();
    LlamaFamily family = LlamaFamily.of(config.architecture()).orElseThrow();
    boolean classifier = model.has(ScalarHead.REWARD);
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.putArray("architectures")
        .add(family.className() + (classifier ? CLASSIFIER : "ForCausalLM"));
    json.put("model_type", config.architecture()).put("hidden_act", "silu");
    json.put("vocab_size", config.vocabularySize()).put("hidden_size", config.width());
    json.put("max_position_embeddings", config.contextLength());
    json.put("num_hidden_layers", config.layers()).put("num_attention_heads", config.heads());
    json.put("num_key_value_heads", shape.keyValueHeads()).put("head_dim", shape.headWidth());
    json.put("intermediate_size", config.feedForwardWidth());
    json.put("rms_norm_eps", config.normEpsilon());
    json.put("initializer_range", config.initialDeviation()).put("attention_dropout", 0.0);
    json.put("attention_bias", shape.biases().contains(Bias.ATTENTION_OUTPUT));
    json.put("mlp_bias", shape.biases().contains(Bias.FEED_FORWARD));
    json.put("tie_word_embeddings", shape.output() == Output.TIED);
    rope(json, shape.rope());
    layers(json, shape, family);
    ends(json, config);
    for (String key : List.of("bos_token_id", "pad_token_id")) {
      json.set(key, source.path(key).isInt() ? source.path(key) : json.nullNode());
    }
    json.put("torch_dtype", "float32").put("use_cache", true);
    if (classifier) {
      labels(model.rewardOutputs(), json);
    }
    return json;
  }

  /** Writes the names of what a classifier says, of which transformers takes the number. */
  static void labels(int outputs, ObjectNode json) {
    ObjectNode names = json.putObject("id2label");
    ObjectNode numbers = json.putObject("label2id");
    for (int i = 0; i < outputs; i++) {
      String name = outputs == 1 ? "reward" : "reward_" + i;
      names.put(String.valueOf(i), name);
      numbers.put(name, i);
    }
  }

  private static void rope(ObjectNode json, Rope rope) {
    json.put("rope_theta", rope.theta());
    if (rope.type().equals("default")) {
      json.putNull("rope_scaling");
      return;
    }
    ObjectNode scaling = json.putObject("rope_scaling").put("rope_type", rope.type());
    new TreeMap<>(rope.settings())
        .forEach(
            (name, value) -> {
              if (name.equals(Rope.ORIGINAL_CONTEXT)) {
                scaling.put(name, value.intValue());
              } else {
                scaling.put(name, value);
              }
            });
  }

  private static void layers(ObjectNode json, LlamaShape shape, LlamaFamily family) {
    int window = shape.layers().stream().mapToInt(Layer::window).max().orElse(0);
    if (family != LlamaFamily.LLAMA) {
      json.set("sliding_window", window == 0 ? json.nullNode() : json.numberNode(window));
    }
    if (family == LlamaFamily.LLAMA || family == LlamaFamily.MISTRAL) {
      return;
    }
    json.put("use_sliding_window", window > 0);
    ArrayNode types = json.putArray("layer_types");
    shape.layers().forEach(l -> types.add(l.window() > 0 ? "sliding_attention" : "full_attention"));
    if (family == LlamaFamily.SMOLLM3) {
      ArrayNode rotating = json.putArray("no_rope_layers");
      shape.layers().forEach(l -> rotating.add(l.rotates() ? 1 : 0));
    }
  }

  /** Writes one end token as a number, several as a list. */
  static void ends(ObjectNode json, ModelConfig config) {
    if (config.otherEnds().isEmpty()) {
      json.put("eos_token_id", config.endOfText());
      return;
    }
    ArrayNode ends = json.putArray("eos_token_id").add(config.endOfText());
    config.otherEnds().forEach(ends::add);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.plumbline.engine.lm.config.ConfigKeys;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.ModelFile;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.internal.ModelLimits;
import org.plumbline.engine.lm.tensor.Tensor;

/**
 * An adapter's directory in PEFT's layout: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}.
 */
record LoraFiles(Path directory) {

  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String PREFIX = "base_model.model.";

  /** Keys for what PEFT knows beyond plain LoRA; each must be absent, null, false or empty. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "use_dora",
          "use_qalora",
          "use_bdlora",
          "lora_bias",
          "rank_pattern",
          "alpha_pattern",
          "layer_replication",
          "trainable_token_indices",
          "target_parameters",
          "megatron_config",
          "alora_invocation_tokens",
          "arrow_config");

  boolean exist() {
    return Files.exists(directory.resolve(CONFIG));
  }

  /** What a directory holds: A and B under the model's names, and heads. */
  record Content(LoraSettings settings, Map<String, Tensor> tensors) {}

  // ---- reading ----

  /** Reads an adapter for a model of a configuration; its tensors belong to the open scope. */
  Content read(ModelConfig config) {
    Path file = directory.resolve(CONFIG);
    JsonNode json = json();
    require(file, json.path("peft_type").asText().equals("LORA"), "`peft_type` is not LORA");
    require(file, json.path("bias").asText("none").equals("none"), "`bias` is not none");
    for (String key : UNSUPPORTED) {
      JsonNode value = json.path(key);
      boolean unused =
          value.isMissingNode()
              || value.isNull()
              || (value.isBoolean() && !value.booleanValue())
              || (value.isContainerNode() && value.isEmpty());
      require(file, unused, "`" + key + "` is used");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Safetensors.read(directory.resolve(WEIGHTS))
        .forEach((name, tensor) -> tensors.put(ownName(name), tensor));
    Set<String> modules = new LinkedHashSet<>();
    for (String name : tensors.keySet()) {
      if (LoraAdapter.isAdapter(name)) {
        modules.add(LoraAdapter.module(name));
      }
    }
    LoraSettings settings = settings(file, json, modules);
    requireShapes(config, settings, modules, tensors);
    return new Content(settings, tensors);
  }

  private static void require(Path file, boolean holds, String otherwise) {
    if (!holds) {
      throw ModelFormatException.unsupported(file, otherwise + "; only plain LoRA is known");
    }
  }

  private JsonNode json() {
    Path file = directory.resolve(CONFIG);
    try {
      return new ObjectMapper().readTree(ModelFile.read(file, ModelLimits.SETTINGS_FILE));
    } catch (JsonProcessingException e) {
      throw ModelFormatException.damaged(file, "it is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  /** Removes PEFT's prefix, and the adapter's name where it was kept. */
  private static String ownName(String name) {
    String own = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    return own.replaceFirst("\\.(lora_[AB])\\.default\\.weight$", ".$1.weight")
        .replaceFirst("\\.modules_to_save(\\.default)?\\.weight$", ".weight");
  }

  private static LoraSettings settings(Path file, JsonNode json, Set<String> modules) {
    List<String> targets = new ArrayList<>();
    json.path("target_modules").forEach(target -> targets.add(target.asText()));
    ConfigKeys keys = new ConfigKeys(file, json);
    keys.items("target_modules");
    try {
      return new LoraSettings(
          keys.whole("r", ModelLimits.RANK),
          keys.number("lora_alpha", 0),
          keys.number("lora_dropout", 0),
          targets.isEmpty() ? LoraAdapter.shortNames(modules) : targets,
          json.path("use_rslora").asBoolean());
    } catch (IllegalArgumentException e) {
      throw ModelFormatException.setting(file, String.valueOf(e.getMessage()));
    }
  }

  private void requireShapes(
      ModelConfig config, LoraSettings settings, Set<String> modules, Map<String, Tensor> found) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    found.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    List<ParameterSpec> wanted =
        new ArrayList<>(LoraAdapter.parameters(settings, List.copyOf(modules), config));
    for (ScalarHead head : ScalarHead.values()) {
      if (shapes.containsKey(head.weight())) {
        wanted.addAll(head.parameters(config, 0, head.outputs(shapes.get(head.weight()))));
      }
    }
    List<String> problems = ModelDirectory.problems(wanted, shapes);
    if (found.isEmpty()) {
      problems.add("there are no matrices");
    }
    if (!problems.isEmpty()) {
      throw ModelFormatException.adapter(directory.resolve(WEIGHTS), problems);
    }
  }

  /** Returns the directory of the model that the adapter was made for. */
  Path base() {
    Path file = directory.resolve(CONFIG);
    String name = json().path("base_model_name_or_path").asText("");
    try {
      Path base = directory.resolve(name);
      if (!name.isEmpty() && Files.exists(base.resolve(SourceFiles.CONFIG))) {
        return base;
      }
    } catch (InvalidPathException e) {
      throw ModelFormatException.setting(file, "`base_model_name_or_path`: " + e.getMessage());
    }
    throw ModelFormatException.setting(
        file,
        "`base_model_name_or_path` is `"
            + name
            + "`, which is no model directory as seen from here; download that model and name its"
            + " directory");
  }

  // ---- writing ----

  /**
   * Writes the adapter of a model, and those of some heads that it has.
   *
   * @param base what {@code base_model_name_or_path} says
   */
  void write(LoraAdapter adapter, LanguageModel model, String base, List<ScalarHead> heads) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    model
        .parameters()
        .trainable()
        .forEach(
            (name, tensor) -> {
              if (LoraAdapter.isAdapter(name)
                  || heads.stream().anyMatch(head -> head.names().contains(name))) {
                named.put(PREFIX + name, tensor);
              }
            });
    try {
      Files.createDirectories(directory);
      String text =
          new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(config(adapter, model, base));
      Files.writeString(directory.resolve(CONFIG), text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
    Safetensors.write(directory.resolve(WEIGHTS), named);
  }

  private static ObjectNode config(LoraAdapter adapter, LanguageModel model, String base) {
    LoraSettings settings = adapter.settings();
    boolean classifier = model.has(ScalarHead.REWARD);
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("peft_type", "LORA").put("task_type", classifier ? "SEQ_CLS" : "CAUSAL_LM");
    json.put("base_model_name_or_path", base).putNull("revision");
    json.put("r", settings.rank());
    if (settings.alpha() == Math.rint(settings.alpha())) {
      json.put("lora_alpha", (long) settings.alpha());
    } else {
      json.put("lora_alpha", settings.alpha());
    }
    json.put("lora_dropout", settings.dropout()).put("use_rslora", settings.rankStabilized());
    ArrayNode targets = json.putArray("target_modules");
    new TreeSet<>(adapter.targets()).forEach(targets::add);
    json.put("fan_in_fan_out", adapter.storesInputFirst()).put("bias", "none");
    json.put("inference_mode", true).put("init_lora_weights", true).put("use_dora", false);
    json.putObject("rank_pattern");
    json.putObject("alpha_pattern");
    if (classifier) {
      json.putArray("modules_to_save").add("score");
    } else {
      json.putNull("modules_to_save");
    }
    return json;
  }
}

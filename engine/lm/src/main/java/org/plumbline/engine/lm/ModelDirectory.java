// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.engine.lm.config.ConfigKeys;
import org.plumbline.engine.lm.config.LlamaFamily;
import org.plumbline.engine.lm.config.LlamaShape.Output;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.file.StoredType;
import org.plumbline.engine.lm.file.WeightFiles;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/** A model directory in Hugging Face's layout, read and checked. */
record ModelDirectory(ModelConfig config, SourceFiles source, Map<String, Tensor> tensors) {

  /** Says in a configuration what type the weights once had that are now stored in another. */
  static final String ORIGINAL_TYPE = "original_dtype";

  /** Reads a directory; its tensors belong to the open scope. */
  static ModelDirectory read(Path directory) {
    SourceFiles source = SourceFiles.read(directory);
    ModelConfig config = config(directory, source);
    Tokenizer tokenizer = source.tokenizer();
    if (tokenizer != null && tokenizer.vocabularySize() > config.vocabularySize()) {
      throw ModelFormatException.tokenizer(
          tokenizer.vocabularySize()
              + " tokens, but the model has "
              + config.vocabularySize()
              + " embeddings");
    }
    WeightFiles weights = new WeightFiles(directory);
    Map<String, Tensor> found = weights.read();
    ModelConfig actual = withActualOutput(config, found);
    boolean adapted = TrainedPart.isBeside(directory);
    return new ModelDirectory(actual, source, matched(weights.main(), actual, found, adapted));
  }

  /** Reads {@code config.json}, with the end tokens of {@code generation_config.json}. */
  static ModelConfig config(Path directory, SourceFiles source) {
    Path file = directory.resolve(SourceFiles.CONFIG);
    ConfigKeys keys = new ConfigKeys(file, source.json(directory, SourceFiles.CONFIG));
    ConfigKeys generation =
        new ConfigKeys(
            directory.resolve(SourceFiles.GENERATION),
            source.json(directory, SourceFiles.GENERATION));
    String type = keys.text("model_type", "");
    Architecture.of(type);
    Set<Integer> ends = new LinkedHashSet<>(keys.wholes("eos_token_id", Integer.MAX_VALUE));
    ends.addAll(generation.wholes("eos_token_id", Integer.MAX_VALUE));
    if (LlamaFamily.of(type).isEmpty()) {
      return new Gpt2Config(keys).toConfig(new ArrayList<>(ends));
    }
    if (ends.isEmpty()) {
      throw ModelFormatException.setting(file, "no `eos_token_id` says which token ends a text");
    }
    return new LlamaConfig(LlamaFamily.of(type).orElseThrow(), keys)
        .toConfig(new ArrayList<>(ends));
  }

  /**
   * Follows the weights where they and the configuration disagree on the output matrix, as
   * transformers 5 does: a matrix in the file counts, unless it repeats the tied embedding.
   */
  private static ModelConfig withActualOutput(ModelConfig config, Map<String, Tensor> found) {
    Tensor own = found.get(Llama.OUTPUT);
    if (config.llama() == null || own == null) {
      return config;
    }
    if (config.llamaShape().output() == Output.TIED) {
      Tensor tokens = found.get(Llama.INSTANCE.outputEmbedding(config));
      if (tokens != null && tokens.torch().sameAs(own.torch())) {
        found.remove(Llama.OUTPUT);
        return config;
      }
    }
    return config.withLlama(config.llamaShape().withOutput(Output.OWN));
  }

  /** Takes the tensors that a configuration needs, and names all that do not fit. */
  private static Map<String, Tensor> matched(
      Path file, ModelConfig config, Map<String, Tensor> found, boolean adapted) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    found.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    List<ParameterSpec> wanted = wanted(config, shapes, adapted);
    List<String> problems = problems(wanted, shapes);
    if (!problems.isEmpty()) {
      throw ModelFormatException.tensors(file, problems);
    }
    Map<String, Tensor> taken = new LinkedHashMap<>();
    for (ParameterSpec spec : wanted) {
      Tensor tensor = found.get(spec.name());
      if (tensor != null) {
        taken.put(spec.name(), tensor);
      }
    }
    return taken;
  }

  /**
   * Lists the parameters of a model that has the heads that were found.
   *
   * @param adapted whether an adapter is beside the weights, which holds the heads
   */
  static List<ParameterSpec> wanted(
      ModelConfig config, Map<String, long[]> found, boolean adapted) {
    List<ParameterSpec> wanted =
        new ArrayList<>(Architecture.of(config.architecture()).parameters(config));
    for (ScalarHead head : ScalarHead.values()) {
      boolean needed = head == ScalarHead.REWARD && isClassifier(config) && !adapted;
      if (needed || found.containsKey(head.weight())) {
        wanted.addAll(head.parameters(config, 0, head.outputs(found.get(head.weight()))));
      }
    }
    return wanted;
  }

  private static boolean isClassifier(ModelConfig config) {
    return config.llama() != null && config.llamaShape().output() == Output.NONE;
  }

  /** Says which tensors are missing, of another shape, or not needed. */
  static List<String> problems(List<ParameterSpec> wanted, Map<String, long[]> found) {
    List<String> problems = new ArrayList<>();
    Map<String, long[]> left = new LinkedHashMap<>(found);
    for (ParameterSpec spec : wanted) {
      long[] shape = left.remove(spec.name());
      if (shape == null) {
        problems.add("missing `" + spec.name() + "` " + Arrays.toString(spec.shape()));
      } else if (!Arrays.equals(shape, spec.shape())) {
        problems.add(
            "`%s` is %s, not %s"
                .formatted(spec.name(), Arrays.toString(shape), Arrays.toString(spec.shape())));
      }
    }
    left.forEach(
        (name, shape) -> problems.add("unexpected `" + name + "` " + Arrays.toString(shape)));
    return problems;
  }

  /**
   * Writes a model.
   *
   * @param type the type of the weights in the file
   * @param origin the type that they came in and are to be exported in
   */
  static void write(Path directory, LanguageModel model, StoredType type, StoredType origin) {
    writeBesideWeights(directory, model, type, origin);
    Map<String, Tensor> weights = new LinkedHashMap<>(model.parameters().asMap());
    weights.keySet().removeIf(LoraAdapter::isAdapter);
    Safetensors.write(directory.resolve(WeightFiles.SINGLE), weights, type);
  }

  /** Writes all files of a model but those with weights. */
  static void writeBesideWeights(
      Path directory, LanguageModel model, StoredType type, StoredType origin) {
    SourceFiles source = model.source();
    Tokenizer tokenizer = source.tokenizer();
    try {
      Files.createDirectories(directory);
      ObjectNode config = config(model).put("torch_dtype", type.label());
      if (type != origin) {
        config.put(ORIGINAL_TYPE, origin.label());
      }
      writeJson(directory.resolve(SourceFiles.CONFIG), config);
      writeJson(directory.resolve(SourceFiles.GENERATION), generation(model.config()));
      if (tokenizer != null) {
        writeJson(
            directory.resolve(SourceFiles.TOKENIZER_CONFIG),
            tokenizerConfig(tokenizer, model.stored()));
        Files.write(directory.resolve(SourceFiles.TOKENIZER), tokenizer.json());
      }
      for (Map.Entry<String, byte[]> file : source.files().entrySet()) {
        if (!file.getKey().equals(SourceFiles.CONFIG)) {
          Path target = directory.resolve(file.getKey());
          Files.createDirectories(target.getParent());
          Files.write(target, file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
  }

  private static ObjectNode config(LanguageModel model) {
    JsonNode source = model.source().json(Path.of(""), SourceFiles.CONFIG);
    if (model.config().llama() != null) {
      return LlamaConfig.toJson(model, source);
    }
    ObjectNode json = Gpt2Config.toJson(model);
    // transformers' classifiers find the last token of a padded row by it
    if (source.path("pad_token_id").isInt()) {
      json.set("pad_token_id", source.path("pad_token_id"));
    }
    return json;
  }

  private static ObjectNode generation(ModelConfig config) {
    ObjectNode generation = new ObjectMapper().createObjectNode();
    if (config.llama() == null) {
      generation.put("bos_token_id", config.endOfText());
    }
    LlamaConfig.ends(generation, config);
    return generation.put("do_sample", true).put("top_k", 0);
  }

  private static ObjectNode tokenizerConfig(Tokenizer tokenizer, ModelConfig config) {
    String endText = tokenizer.specialTokenText(config.endOfText());
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("tokenizer_class", "PreTrainedTokenizerFast");
    json.put("model_max_length", config.contextLength());
    json.put("clean_up_tokenization_spaces", false);
    if (!endText.isEmpty()) {
      json.put("bos_token", endText).put("eos_token", endText).put("unk_token", endText);
    }
    return json;
  }

  private static void writeJson(Path file, JsonNode node) throws IOException {
    String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node);
    Files.writeString(file, text + "\n");
  }
}

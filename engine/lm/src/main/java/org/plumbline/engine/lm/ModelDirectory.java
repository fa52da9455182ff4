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
import java.util.List;
import java.util.Map;

/** A model directory in Hugging Face's layout, read and checked. */
record ModelDirectory(ModelConfig config, Tokenizer tokenizer, Map<String, Tensor> tensors) {

  private static final String CONFIG = "config.json";
  private static final String GENERATION = "generation_config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  /** Reads a directory; its tensors belong to the open scope. */
  static ModelDirectory read(Path directory) {
    Path configFile = directory.resolve(CONFIG);
    ModelConfig config = new Gpt2Config(configFile, json(configFile)).toConfig();
    Tokenizer tokenizer = Tokenizer.read(directory.resolve(TOKENIZER));
    if (tokenizer.vocabularySize() > config.vocabularySize()) {
      throw ModelFormatException.tokenizer(
          tokenizer.vocabularySize()
              + " tokens, but the model has "
              + config.vocabularySize()
              + " embeddings");
    }
    Path weights = directory.resolve(WEIGHTS);
    return new ModelDirectory(config, tokenizer, weights(weights, config));
  }

  /** Reads the weights that a configuration needs; see {@link #normalized} for names. */
  static Map<String, Tensor> weights(Path file, ModelConfig config) {
    Map<String, Tensor> found = normalized(Safetensors.read(file));
    List<ParameterSpec> wanted =
        new ArrayList<>(Architecture.of(config.architecture()).parameters(config));
    for (ScalarHead head : ScalarHead.values()) {
      if (found.containsKey(head.weight())) {
        wanted.addAll(head.parameters(config, 0));
      }
    }
    List<String> problems = new ArrayList<>();
    Map<String, Tensor> taken = new LinkedHashMap<>();
    for (ParameterSpec spec : wanted) {
      Tensor tensor = found.remove(spec.name());
      if (tensor == null) {
        problems.add("missing `" + spec.name() + "` " + Arrays.toString(spec.shape()));
      } else if (!Arrays.equals(tensor.shape(), spec.shape())) {
        problems.add(
            "`%s` is %s, not %s"
                .formatted(
                    spec.name(), Arrays.toString(tensor.shape()), Arrays.toString(spec.shape())));
      } else {
        taken.put(spec.name(), tensor);
      }
    }
    found.keySet().forEach(name -> problems.add("unexpected `" + name + "`"));
    if (!problems.isEmpty()) {
      throw ModelFormatException.tensors(file, problems);
    }
    return taken;
  }

  /** Drops causal masks, which old checkpoints hold, and adds the prefix that the oldest lack. */
  private static Map<String, Tensor> normalized(Map<String, Tensor> tensors) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          String full = name.matches("(h\\.\\d+|wte|wpe|ln_f)\\..*") ? "transformer." + name : name;
          if (!full.matches("transformer\\.h\\.\\d+\\.attn\\.(masked_)?bias")) {
            result.put(full, tensor);
          }
        });
    return result;
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  static void write(Path directory, LanguageModel model) {
    ObjectMapper mapper = new ObjectMapper();
    int end = model.config().endOfText();
    ObjectNode generation = mapper.createObjectNode();
    generation.put("bos_token_id", end).put("eos_token_id", end).put("do_sample", true);
    generation.put("top_k", 0);
    String endText = model.tokenizer().specialTokenText(end);
    ObjectNode tokenizer = mapper.createObjectNode();
    tokenizer.put("tokenizer_class", "PreTrainedTokenizerFast");
    tokenizer.put("model_max_length", model.config().contextLength());
    tokenizer.put("clean_up_tokenization_spaces", false);
    if (!endText.isEmpty()) {
      tokenizer.put("bos_token", endText).put("eos_token", endText).put("unk_token", endText);
    }
    try {
      Files.createDirectories(directory);
      writeJson(directory.resolve(CONFIG), Gpt2Config.toJson(model));
      writeJson(directory.resolve(GENERATION), generation);
      writeJson(directory.resolve(TOKENIZER_CONFIG), tokenizer);
      Files.write(directory.resolve(TOKENIZER), model.tokenizer().json());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
    Safetensors.write(directory.resolve(WEIGHTS), model.parameters().asMap());
  }

  private static void writeJson(Path file, JsonNode node) throws IOException {
    String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node);
    Files.writeString(file, text + "\n");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.ModelFile;
import org.plumbline.engine.lm.internal.ModelLimits;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/**
 * A model's tokenizer, if it has one, and the small files that came with it and go out again as
 * they were.
 *
 * @param weights the directory whose weight files hold the model's trunk as it is; null if none
 *     does
 */
record SourceFiles(
    @Nullable Tokenizer tokenizer, Map<String, byte[]> files, @Nullable Path weights) {

  static final String CONFIG = "config.json";
  static final String GENERATION = "generation_config.json";
  static final String TOKENIZER = "tokenizer.json";
  static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  static final String CHAT_TEMPLATE = "chat_template.jinja";

  static final String SPECIAL_TOKENS = "special_tokens_map.json";

  /** The folder of further templates, each a file called after it. */
  private static final String FURTHER_TEMPLATES = "additional_chat_templates";

  private static final String TEMPLATE_END = ".jinja";

  private static final List<String> KEPT =
      List.of(CONFIG, GENERATION, TOKENIZER_CONFIG, CHAT_TEMPLATE, SPECIAL_TOKENS, ModelUse.FILE);

  SourceFiles {
    files = Map.copyOf(files);
  }

  static SourceFiles of(Tokenizer tokenizer) {
    return new SourceFiles(tokenizer, Map.of(), null);
  }

  static SourceFiles read(Path directory) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : KEPT) {
      Path file = directory.resolve(name);
      if (name.equals(CONFIG) || ModelFile.isThere(file)) {
        files.put(name, bytes(file));
      }
    }
    for (Path file : furtherTemplates(directory)) {
      files.put(FURTHER_TEMPLATES + "/" + file.getFileName(), bytes(file));
    }
    Path tokenizer = directory.resolve(TOKENIZER);
    return new SourceFiles(
        ModelFile.isThere(tokenizer) ? Tokenizer.read(tokenizer) : null, files, directory);
  }

  private static List<Path> furtherTemplates(Path directory) {
    Path folder = directory.resolve(FURTHER_TEMPLATES);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(TEMPLATE_END) && !hidden(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw ModelFormatException.unreadable(folder, String.valueOf(e.getMessage()));
    }
  }

  /** What is hidden is no part of a model: it does not count when one asks whether it changed. */
  private static boolean hidden(Path file) {
    return String.valueOf(file.getFileName()).startsWith(".");
  }

  private static byte[] bytes(Path file) {
    return ModelFile.read(file, ModelLimits.SETTINGS_FILE);
  }

  /** Returns a file's JSON; missing if there is no such file. */
  JsonNode json(Path directory, String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      return MissingNode.getInstance();
    }
    try {
      return new ObjectMapper().readTree(bytes);
    } catch (IOException e) {
      throw ModelFormatException.unreadable(
          directory.resolve(name), "it is not JSON: " + e.getMessage());
    }
  }

  /** Returns how the model is to be used, where that differs from what its configuration says. */
  ModelUse use() {
    byte[] json = files.get(ModelUse.FILE);
    return json == null ? ModelUse.AS_IT_IS : ModelUse.parse(json);
  }

  SourceFiles withUse(ModelUse use) {
    Map<String, byte[]> kept = new LinkedHashMap<>(withoutUse().files);
    if (!use.equals(ModelUse.AS_IT_IS)) {
      kept.put(ModelUse.FILE, use.json());
    }
    return new SourceFiles(tokenizer, kept, weights);
  }

  /** Returns the same of a model that has the trunk of these parameters as they are now. */
  SourceFiles keptBy(Parameters parameters) {
    return parameters.trunkAsItWas() ? this : withoutWeights();
  }

  /** Returns the same of a model whose trunk is in no weight files. */
  SourceFiles withoutWeights() {
    return new SourceFiles(tokenizer, files, null);
  }

  SourceFiles withoutUse() {
    Map<String, byte[]> kept = new LinkedHashMap<>(files);
    kept.remove(ModelUse.FILE);
    return new SourceFiles(tokenizer, kept, weights);
  }

  /** Returns a configuration with the context that is to be kept to. */
  ModelConfig limited(ModelConfig config) {
    Integer context = use().context();
    return context == null || context >= config.contextLength()
        ? config
        : config.withContextLength(context);
  }

  /** Returns the id of the token that fills up rows, as the configuration says; -1 without one. */
  int paddingToken() {
    return json(Path.of(""), CONFIG).path("pad_token_id").asInt(-1);
  }

  /** Returns the Jinja texts that turn messages into a prompt, by their names. */
  Map<String, ChatTemplate.Source> chatTemplates() {
    Map<String, ChatTemplate.Source> found = new LinkedHashMap<>();
    files.forEach(
        (name, bytes) -> {
          if (name.endsWith(TEMPLATE_END)) {
            String file = name.substring(name.indexOf('/') + 1);
            String template =
                name.equals(CHAT_TEMPLATE)
                    ? "default"
                    : file.substring(0, file.length() - TEMPLATE_END.length());
            String text = new String(bytes, StandardCharsets.UTF_8);
            found.put(template, new ChatTemplate.Source(name, text));
          }
        });
    if (!found.isEmpty()) {
      return found; // files go before the configuration, as in transformers
    }
    JsonNode inline = json(Path.of(""), TOKENIZER_CONFIG).path("chat_template");
    if (inline.isTextual()) {
      found.put("default", new ChatTemplate.Source(TOKENIZER_CONFIG, inline.asText()));
    }
    for (JsonNode named : inline.isArray() ? inline : MissingNode.getInstance()) {
      String text = named.path("template").asText();
      found.put(named.path("name").asText(), new ChatTemplate.Source(TOKENIZER_CONFIG, text));
    }
    return found;
  }
}

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
import org.jspecify.annotations.Nullable;

/**
 * A model's tokenizer, if it has one, and the small files that came with it and go out again as
 * they were.
 */
record SourceFiles(@Nullable Tokenizer tokenizer, Map<String, byte[]> files) {

  static final String CONFIG = "config.json";
  static final String GENERATION = "generation_config.json";
  static final String TOKENIZER = "tokenizer.json";
  static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  static final String CHAT_TEMPLATE = "chat_template.jinja";

  private static final List<String> KEPT =
      List.of(CONFIG, GENERATION, TOKENIZER_CONFIG, CHAT_TEMPLATE, "special_tokens_map.json");

  SourceFiles {
    files = Map.copyOf(files);
  }

  static SourceFiles of(Tokenizer tokenizer) {
    return new SourceFiles(tokenizer, Map.of());
  }

  static SourceFiles read(Path directory) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : KEPT) {
      Path file = directory.resolve(name);
      if (name.equals(CONFIG) || Files.isRegularFile(file)) {
        files.put(name, bytes(file));
      }
    }
    Path tokenizer = directory.resolve(TOKENIZER);
    return new SourceFiles(
        Files.isRegularFile(tokenizer) ? Tokenizer.read(tokenizer) : null, files);
  }

  private static byte[] bytes(Path file) {
    if (!Files.exists(file)) {
      throw ModelFormatException.unreadable(file, "there is no such file");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, String.valueOf(e.getMessage()));
    }
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

  /** Returns the Jinja text that turns messages into a prompt, or null. */
  @Nullable String chatTemplate() {
    byte[] own = files.get(CHAT_TEMPLATE);
    if (own != null) {
      return new String(own, StandardCharsets.UTF_8);
    }
    JsonNode inline = json(Path.of(""), TOKENIZER_CONFIG).path("chat_template");
    return inline.isTextual() ? inline.asText() : null;
  }
}

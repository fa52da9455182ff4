// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/** Models too small to say anything, with tokenizers of the kinds that published models have. */
public final class FixtureModels {

  /** The text that ends a text, by tokenizer. */
  public static final Map<String, String> ENDS =
      Map.ofEntries(
          Map.entry("prepend", "</s>"),
          Map.entry("prepend-rstrip", "</s>"),
          Map.entry("metaspace-always", "</s>"),
          Map.entry("metaspace-first", "</s>"),
          Map.entry("metaspace-never", "</s>"),
          Map.entry("unigram", "</s>"),
          Map.entry("unigram-bytes", "</s>"),
          Map.entry("end-of-word", "</s>"),
          Map.entry("wordpiece", "[SEP]"),
          Map.entry("bytelevel", "<|endoftext|>"),
          Map.entry("bytelevel-trimmed", "<|endoftext|>"),
          Map.entry("bytelevel-prefix", "<|endoftext|>"),
          Map.entry("split-composed", "<|im_end|>"),
          Map.entry("split-bytes", "<|end_of_text|>"),
          Map.entry("gemma", "<eos>"));

  private static final Path TOKENIZERS =
      Path.of("..", "lm", "src", "test", "fixtures", "tokenizers");

  private FixtureModels() {}

  /** The names of all tokenizers. */
  public static List<String> tokenizers() {
    return ENDS.keySet().stream().sorted().toList();
  }

  /** A model with a tokenizer and a context. */
  public static LanguageModel model(String tokenizer, int context) {
    Tokenizer read = Tokenizer.read(TOKENIZERS.resolve(tokenizer + ".json"));
    int end = read.specialToken(ENDS.getOrDefault(tokenizer, ""));
    ModelConfig config =
        ModelConfig.gpt2(read.vocabularySize(), context, new ModelConfig.Size(16, 1, 2), end);
    return LanguageModel.create(config, read, 1);
  }

  /**
   * A model with other files in its folder.
   *
   * @param files their texts, such as a chat template's, by name
   */
  public static LanguageModel model(
      String tokenizer, int context, Path folder, Map<String, String> files) {
    try (LanguageModel bare = model(tokenizer, context)) {
      bare.save(folder);
    }
    files.forEach(
        (name, text) -> {
          try {
            Files.writeString(folder.resolve(name), text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return LanguageModel.load(folder);
  }
}

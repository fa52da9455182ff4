package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.internal.NativeTokenizer;

/**
 * Text to token ids and back, by the Hugging Face tokenizers library from a {@code tokenizer.json}.
 *
 * <p>Nothing is truncated, padded or added. Text that spells a special token becomes that token.
 * Immutable and thread-safe; native memory is freed with the object.
 */
public final class Tokenizer {

  /** The text of the special token that ends a text in tokenizers trained here. */
  public static final String END_OF_TEXT = "<|endoftext|>";

  private final byte[] json;
  private final NativeTokenizer tokenizer;
  private final Map<String, Integer> specialTokens = new HashMap<>();
  private final int vocabularySize;

  private Tokenizer(byte[] json) {
    this.json = json.clone();
    try {
      this.tokenizer = new NativeTokenizer(json);
      this.vocabularySize = readVocabulary(new ObjectMapper().readTree(json), specialTokens);
    } catch (IOException | RuntimeException e) {
      throw ModelFormatException.tokenizer(String.valueOf(e.getMessage()));
    }
  }

  /** Returns one more than the highest id and notes the special tokens. */
  private static int readVocabulary(JsonNode root, Map<String, Integer> specialTokens) {
    int highest = -1;
    for (JsonNode id : root.path("model").path("vocab")) {
      highest = Math.max(highest, id.asInt(-1));
    }
    for (JsonNode token : root.path("added_tokens")) {
      int id = token.path("id").asInt(-1);
      highest = Math.max(highest, id);
      if (token.path("special").asBoolean()) {
        specialTokens.put(token.path("content").asText(), id);
      }
    }
    return highest + 1;
  }

  /** Reads the content of a {@code tokenizer.json}. */
  public static Tokenizer of(byte[] json) {
    return new Tokenizer(json);
  }

  /** Reads a {@code tokenizer.json}. */
  public static Tokenizer read(Path file) {
    try {
      return new Tokenizer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw ModelFormatException.unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Learns a byte-level BPE tokenizer with the special token {@link #END_OF_TEXT} (id 0).
   *
   * @param texts the corpus; pairs never cross words or texts
   * @param vocabularySize ids wanted, at least 257; fewer come out if the corpus has no more pairs
   */
  public static Tokenizer train(Iterable<String> texts, int vocabularySize) {
    BytePairTrainer trainer = new BytePairTrainer(BytePairTrainer.Settings.gpt2(END_OF_TEXT));
    texts.forEach(trainer::add);
    return new Tokenizer(trainer.train(vocabularySize).toJson());
  }

  public int[] encode(String text) {
    return tokenizer.encode(text);
  }

  /**
   * Returns the special tokens that the tokenizer's makers put before a text, such as the beginning
   * of text for Llama; usually none or one. A text made by a {@link ChatTemplate} has them already.
   */
  public int[] beginning() {
    int[] with = tokenizer.encodeWithSpecialTokens("a");
    int[] without = tokenizer.encode("a");
    for (int from = 0; without.length > 0 && from + without.length <= with.length; from++) {
      if (Arrays.equals(with, from, from + without.length, without, 0, without.length)) {
        return Arrays.copyOf(with, from);
      }
    }
    return new int[0];
  }

  public List<int[]> encodeAll(List<String> texts) {
    return List.of(tokenizer.encode(texts));
  }

  /** Returns the text of tokens, without special ones. */
  public String decode(int[] ids) {
    return tokenizer.decode(ids, true);
  }

  /** Returns the text of tokens, special ones spelled out. */
  public String decodeWithSpecialTokens(int[] ids) {
    return tokenizer.decode(ids, false);
  }

  /** Returns how many embeddings a model for this tokenizer needs. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /** Returns the id of {@link #END_OF_TEXT}. */
  public int endOfText() {
    return specialToken(END_OF_TEXT);
  }

  /** Returns the id of a special token. */
  public int specialToken(String content) {
    Integer id = specialTokens.get(content);
    if (id == null) {
      throw ModelFormatException.tokenizer("it has no special token `" + content + "`");
    }
    return id;
  }

  /** Returns the text of a special token, or the empty text for other ids. */
  String specialTokenText(int id) {
    return specialTokens.entrySet().stream()
        .filter(e -> e.getValue() == id)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  /** Returns the {@code tokenizer.json}. */
  public byte[] json() {
    return json.clone();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/**
 * The shape of a decoder-only transformer.
 *
 * @param architecture the Hugging Face model type, for example {@code gpt2} or {@code llama}
 * @param vocabularySize number of token ids
 * @param contextLength most tokens of a sequence, prompt and completion together
 * @param width length of a token's vector
 * @param layers number of blocks
 * @param heads attention heads of a block; divides the width of a GPT-2
 * @param feedForwardWidth inner width of a block's feed-forward part
 * @param normEpsilon the constant in the normalisation of layers
 * @param initialDeviation standard deviation of initial weights
 * @param endOfText id of the token that ends a text
 * @param otherEnds further tokens after which sampling stops
 * @param llama what else a member of the Llama family needs; null for other architectures
 */
public record ModelConfig(
    String architecture,
    int vocabularySize,
    int contextLength,
    int width,
    int layers,
    int heads,
    int feedForwardWidth,
    double normEpsilon,
    double initialDeviation,
    int endOfText,
    List<Integer> otherEnds,
    @Nullable LlamaShape llama) {

  /** The names of the presets, smallest first. */
  public static final List<String> PRESETS = List.of("micro", "nano", "mini");

  public ModelConfig {
    positive(vocabularySize, "vocabularySize");
    positive(contextLength, "contextLength");
    positive(width, "width");
    positive(layers, "layers");
    positive(heads, "heads");
    positive(feedForwardWidth, "feedForwardWidth");
    otherEnds = List.copyOf(otherEnds);
    requireHeads(width, heads, llama);
    if (llama != null && llama.layers().size() != layers) {
      throw new IllegalArgumentException(
          llama.layers().size() + " layers are described, not " + layers);
    }
    if (endOfText < 0 || endOfText >= vocabularySize) {
      throw new IllegalArgumentException(
          "endOfText " + endOfText + " is not among " + vocabularySize + " ids");
    }
    if (!(normEpsilon > 0) || !(initialDeviation > 0)) {
      throw new IllegalArgumentException("normEpsilon and initialDeviation must be positive");
    }
  }

  /**
   * Returns a preset for a tokenizer: with 512 ids, {@code micro} has about 0.14 million
   * parameters, {@code nano} 0.4 million, {@code mini} 3.4 million.
   */
  public static ModelConfig preset(String name, Tokenizer tokenizer) {
    return preset(name, tokenizer.vocabularySize(), tokenizer.endOfText());
  }

  /** The same for a tokenizer of which only the sizes are known. */
  public static ModelConfig preset(String name, int ids, int end) {
    return switch (name) {
      case "micro" -> gpt2(ids, 64, new Size(64, 2, 4), end);
      case "nano" -> gpt2(ids, 128, new Size(96, 3, 6), end);
      case "mini" -> gpt2(ids, 256, new Size(256, 4, 8), end);
      default -> throw new IllegalArgumentException("unknown preset " + name + "; " + PRESETS);
    };
  }

  /** Width, layers and heads. */
  public record Size(int width, int layers, int heads) {}

  /** Returns a GPT-2 with a feed-forward part four times as wide. */
  public static ModelConfig gpt2(int vocabularySize, int contextLength, Size size, int endOfText) {
    return new ModelConfig(
        "gpt2",
        vocabularySize,
        contextLength,
        size.width(),
        size.layers(),
        size.heads(),
        4 * size.width(),
        1e-5,
        // 0.02 is GPT-2's for width 768; narrow layers need more to let the signal through
        StrictMath.max(0.02, 0.4 / StrictMath.sqrt(size.width())),
        endOfText,
        List.of(),
        null);
  }

  /** Returns this with another context length. */
  public ModelConfig withContextLength(int length) {
    return new ModelConfig(
        architecture,
        vocabularySize,
        length,
        width,
        layers,
        heads,
        feedForwardWidth,
        normEpsilon,
        initialDeviation,
        endOfText,
        otherEnds,
        llama);
  }

  public ModelConfig withLlama(LlamaShape shape) {
    return new ModelConfig(
        architecture,
        vocabularySize,
        contextLength,
        width,
        layers,
        heads,
        feedForwardWidth,
        normEpsilon,
        initialDeviation,
        endOfText,
        otherEnds,
        shape);
  }

  /** Returns the tokens after which sampling stops, the one that ends a text first. */
  public List<Integer> ends() {
    List<Integer> all = new ArrayList<>(List.of(endOfText));
    otherEnds.stream().filter(id -> id != endOfText).forEach(all::add);
    return all;
  }

  /** Returns whether sampling stops after a token. */
  public boolean endsText(int token) {
    return token == endOfText || otherEnds.contains(token);
  }

  /** Returns how many heads of keys and values a block has. */
  public int keyValueHeads() {
    return llama == null ? heads : llama.keyValueHeads();
  }

  /** Returns the length of a head's vector. */
  public int headWidth() {
    return llama == null ? width / heads : llama.headWidth();
  }

  public LlamaShape llamaShape() {
    if (llama == null) {
      throw new IllegalStateException(architecture + " is not of the Llama family");
    }
    return llama;
  }

  private static void requireHeads(int width, int heads, @Nullable LlamaShape llama) {
    if (llama == null && width % heads != 0) {
      throw new IllegalArgumentException(heads + " heads do not divide width " + width);
    }
    if (llama != null && heads % llama.keyValueHeads() != 0) {
      throw new IllegalArgumentException(
          llama.keyValueHeads() + " key-value heads do not divide " + heads + " heads");
    }
  }

  private static void positive(int value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be positive, not " + value);
    }
  }
}

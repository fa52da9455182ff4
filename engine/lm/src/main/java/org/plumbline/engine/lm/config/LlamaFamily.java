// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The members of the Llama family: Hugging Face's model types, and what a {@code config.json} that
 * leaves a key out means by it (the defaults of their configuration classes).
 */
public enum LlamaFamily {
  LLAMA("llama", "Llama", new Defaults(0, 0, false, 10_000, 2048)),
  MISTRAL("mistral", "Mistral", new Defaults(8, 0, false, 10_000, 131_072)),
  QWEN2("qwen2", "Qwen2", new Defaults(32, 0, false, 10_000, 32_768)),
  QWEN3("qwen3", "Qwen3", new Defaults(32, 128, false, 10_000, 32_768)),
  SMOLLM3("smollm3", "SmolLM3", new Defaults(4, 0, true, 2_000_000, 32_768));

  /**
   * What a missing key means.
   *
   * @param keyValueHeads 0 for as many as query heads
   * @param headWidth 0 for width divided by heads
   */
  public record Defaults(
      int keyValueHeads, int headWidth, boolean tied, double theta, int contextLength) {}

  private final String modelType;
  private final String className;
  private final Defaults defaults;

  LlamaFamily(String modelType, String className, Defaults defaults) {
    this.modelType = modelType;
    this.className = className;
    this.defaults = defaults;
  }

  /** Returns the start of the names of transformers' classes. */
  public String className() {
    return className;
  }

  public Defaults defaults() {
    return defaults;
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(family -> family.modelType).toList();
  }

  public static Optional<LlamaFamily> of(String modelType) {
    return Arrays.stream(values()).filter(f -> f.modelType.equals(modelType)).findFirst();
  }
}

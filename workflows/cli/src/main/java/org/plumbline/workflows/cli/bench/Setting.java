// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.bench;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plumbline.engine.lm.config.LlamaShape;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.config.Rope;

/**
 * The sizes at which everything is measured.
 *
 * @param preset the name of the sizes
 * @param family {@code gpt2} or {@code llama}
 * @param batch rows of a training step and of a call of the sampler
 * @param prompt tokens of a prompt
 * @param answer tokens of an answer
 * @param pairs compared answers of a step
 * @param prompts different prompts of an online step
 * @param group answers to each of them
 */
public record Setting(
    String preset,
    String family,
    int layers,
    int width,
    int heads,
    int vocabulary,
    int context,
    int batch,
    int prompt,
    int answer,
    int pairs,
    int prompts,
    int group) {

  /** The names of the sizes. */
  public static final List<String> PRESETS = List.of("nano", "small");

  /** The architectures that can be measured. */
  public static final List<String> FAMILIES = List.of("gpt2", "llama");

  /** Returns the sizes of a preset. */
  public static Setting of(String preset, String family) {
    return switch (preset.toLowerCase(Locale.ROOT)) {
      case "nano" -> new Setting(preset, family, 4, 128, 4, 512, 64, 64, 16, 32, 16, 8, 8);
      case "small" -> new Setting(preset, family, 6, 384, 6, 2048, 128, 16, 32, 64, 8, 4, 8);
      default -> throw new IllegalArgumentException("unknown preset " + preset);
    };
  }

  /** Returns the same with a model of another context. */
  Setting withContext(int tokens) {
    return new Setting(
        preset,
        family,
        layers,
        width,
        heads,
        vocabulary,
        tokens,
        batch,
        prompt,
        answer,
        pairs,
        prompts,
        group);
  }

  /** Returns the measured model's configuration; the end of text is token 0. */
  public ModelConfig config() {
    return config(new ModelConfig.Size(width, layers, heads), vocabulary);
  }

  /** Returns a configuration of the same family and context with other sizes. */
  ModelConfig config(ModelConfig.Size size, int tokens) {
    ModelConfig gpt2 = ModelConfig.gpt2(tokens, context, size, 0);
    if (family.equals("gpt2")) {
      return gpt2;
    }
    LlamaShape shape =
        new LlamaShape(
            size.heads(),
            size.width() / size.heads(),
            LlamaShape.Output.TIED,
            EnumSet.noneOf(LlamaShape.Bias.class),
            false,
            Rope.plain(10_000),
            java.util.Collections.nCopies(size.layers(), LlamaShape.Layer.PLAIN));
    return new ModelConfig(
        "llama",
        tokens,
        context,
        size.width(),
        size.layers(),
        size.heads(),
        // three matrices of 8/3 width have as many numbers as GPT-2's two of four times the width
        (8 * size.width() / 3 + 31) / 32 * 32,
        1e-5,
        gpt2.initialDeviation(),
        0,
        List.of(),
        shape);
  }

  /** Returns the sizes for programs. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("preset", preset);
    plain.put("family", family);
    plain.put("layers", layers);
    plain.put("width", width);
    plain.put("heads", heads);
    plain.put("vocabulary", vocabulary);
    plain.put("context", context);
    plain.put("batch", batch);
    plain.put("prompt", prompt);
    plain.put("answer", answer);
    plain.put("pairs", pairs);
    plain.put("prompts", prompts);
    plain.put("group", group);
    return plain;
  }
}

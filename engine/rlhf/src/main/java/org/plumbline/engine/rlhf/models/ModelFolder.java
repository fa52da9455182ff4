// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.plumbline.dsl.model.ModelSpec;
import org.plumbline.engine.lm.LoraSettings;
import org.plumbline.engine.lm.ModelSummary;
import org.plumbline.engine.lm.ModelUse;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.tensor.Precision;

/**
 * A folder with a model in Hugging Face's form, looked at from outside: from headers alone, no
 * weights are read.
 *
 * @param folder where it is
 * @param summary what it holds
 */
public record ModelFolder(Path folder, ModelSummary summary) {

  private static final int SHOWN = 6;

  /** The folder of chat templates that have names, such as that for tools. */
  private static final String TEMPLATES = "additional_chat_templates";

  /** The small files that belong to a model, besides its weights. */
  private static final List<String> SMALL =
      List.of(
          "config.json",
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "chat_template.jinja",
          "model.safetensors.index.json");

  /**
   * Looks at a folder.
   *
   * @throws ModelFormatException if a file is missing or damaged, or the architecture is unknown
   */
  public static ModelFolder of(Path folder) {
    return new ModelFolder(folder, ModelSummary.of(folder));
  }

  /** All that stands in the way of training the model as the settings say; empty if nothing. */
  public List<String> problems(ModelSpec.HuggingFace settings) {
    List<String> problems = new ArrayList<>(summary.problems());
    if (summary.tokens() == 0) {
      problems.add("there is no `tokenizer.json`: texts cannot be made into tokens");
    }
    Integer context = settings.context();
    int most = summary.config().contextLength();
    if (context != null && context > most) {
      problems.add("`context` is " + context + ", but the model reads " + most + " tokens at most");
    }
    LoraSettings adapter = use(settings).adapter();
    if (adapter != null) {
      try {
        adapter.modules(summary.config());
      } catch (IllegalArgumentException e) {
        problems.add("`lora.targets`: " + e.getMessage());
      }
    }
    return problems;
  }

  /** How the model is used, as the settings say. */
  static ModelUse use(ModelSpec.HuggingFace settings) {
    boolean half = settings.dtype() == ModelSpec.Dtype.BFLOAT16;
    ModelSpec.Lora lora = settings.lora();
    return new ModelUse(
        settings.context(),
        half ? Precision.BFLOAT16 : Precision.FLOAT32,
        lora == null ? null : adapter(lora));
  }

  private static LoraSettings adapter(ModelSpec.Lora lora) {
    List<String> targets = lora.targets();
    return new LoraSettings(
        lora.rank(),
        lora.alpha(),
        lora.dropout(),
        targets == null ? List.of(LoraSettings.ALL_LINEAR) : targets,
        false);
  }

  /** The first of some problems, and how many more there are: a large model has many tensors. */
  public static String listed(List<String> problems) {
    String shown = String.join("; ", problems.subList(0, Math.min(SHOWN, problems.size())));
    return problems.size() > SHOWN ? shown + "; and " + (problems.size() - SHOWN) + " more" : shown;
  }

  /** The files that make up the model, by their names; whatever else lies there is not used. */
  public List<String> files() {
    Set<String> names = new LinkedHashSet<>();
    for (String name : SMALL) {
      if (Files.isRegularFile(folder.resolve(name))) {
        names.add(name);
      }
    }
    if (summary.files().contains("model.safetensors")) {
      names.remove("model.safetensors.index.json");
    }
    names.addAll(summary.files());
    names.addAll(templates());
    return List.copyOf(names);
  }

  private List<String> templates() {
    Path templates = folder.resolve(TEMPLATES);
    if (!Files.isDirectory(templates)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(templates)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".jinja") && !name.startsWith("."))
          .sorted()
          .map(name -> TEMPLATES + "/" + name)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + templates, e);
    }
  }
}

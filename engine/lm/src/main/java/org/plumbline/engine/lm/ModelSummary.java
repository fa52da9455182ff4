// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.plumbline.engine.lm.config.LlamaShape.Output;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.file.SafetensorsHeader;
import org.plumbline.engine.lm.file.WeightFiles;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

/**
 * What a model directory holds, from its headers alone: no weights are read, libtorch is not
 * loaded.
 *
 * @param architecture the model type
 * @param config the shape that {@code config.json} asks for
 * @param heads heads beside the language model's output, by the names of their tensors
 * @param parameters how many numbers the tensors hold
 * @param types the number types in the files; computing is in 32 bits whatever they are
 * @param files the weight files, in order
 * @param tokens how many ids the tokenizer knows; 0 if there is none
 * @param specialTokens the named ones, such as {@code eos_token}, with their text
 * @param chatTemplate whether a template says how messages become a prompt
 * @param problems tensors that are missing, of another shape, or not needed
 * @param warnings what is wrong with tokenizer and template, but keeps no model from computing
 */
public record ModelSummary(
    String architecture,
    ModelConfig config,
    List<String> heads,
    long parameters,
    List<String> types,
    List<String> files,
    int tokens,
    Map<String, String> specialTokens,
    boolean chatTemplate,
    List<String> problems,
    List<String> warnings) {

  public ModelSummary {
    heads = List.copyOf(heads);
    types = List.copyOf(types);
    files = List.copyOf(files);
    specialTokens = Collections.unmodifiableMap(new LinkedHashMap<>(specialTokens));
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /**
   * Looks at a directory.
   *
   * @throws ModelFormatException if a file is missing or damaged, or the architecture unknown
   */
  public static ModelSummary of(Path directory) {
    SourceFiles source = SourceFiles.read(directory);
    ModelConfig config = ModelDirectory.config(directory, source);
    WeightFiles weights = new WeightFiles(directory);
    Map<String, long[]> shapes = new LinkedHashMap<>();
    TreeSet<String> types = new TreeSet<>();
    long parameters = 0;
    for (Path file : weights.files()) {
      for (Map.Entry<String, SafetensorsHeader.Entry> named :
          Safetensors.entries(file).entrySet()) {
        if (WeightFiles.isComputed(named.getKey())) {
          continue;
        }
        SafetensorsHeader.Entry entry = named.getValue();
        shapes.put(WeightFiles.fullName(named.getKey()), entry.shape());
        types.add(entry.type());
        parameters += product(entry.shape());
      }
    }
    ModelConfig actual = withActualOutput(config, shapes);
    Tokenizer tokenizer = source.tokenizer();
    int tokens = tokenizer == null ? 0 : tokenizer.vocabularySize();
    List<String> problems =
        new ArrayList<>(
            ModelDirectory.problems(
                ModelDirectory.wanted(actual, shapes, TrainedPart.isBeside(directory)), shapes));
    if (tokens > actual.vocabularySize()) {
      problems.add(
          "the tokenizer has " + tokens + " tokens for " + actual.vocabularySize() + " embeddings");
    }
    return new ModelSummary(
        actual.architecture(),
        actual,
        heads(shapes),
        parameters,
        new ArrayList<>(types),
        weights.files().stream().map(file -> String.valueOf(file.getFileName())).toList(),
        tokens,
        ChatTemplate.specialTokens(source),
        !source.chatTemplates().isEmpty(),
        problems,
        warnings(source, actual));
  }

  private static List<String> warnings(SourceFiles source, ModelConfig config) {
    List<String> warnings = new ArrayList<>();
    Tokenizer tokenizer = source.tokenizer();
    if (tokenizer == null) {
      warnings.add("there is no tokenizer.json: the model reads ids, but no text");
    } else {
      ChatTemplate.specialTokens(source)
          .forEach(
              (name, text) -> {
                if (tokenizer.encode(text).length > 1) {
                  warnings.add("the `" + name + "` " + text + " is no token of the tokenizer");
                }
              });
      if (tokenizer.vocabularySize() <= config.endOfText()) {
        warnings.add("the end token " + config.endOfText() + " is none of the tokenizer's");
      }
    }
    try {
      ChatTemplate.of(source);
    } catch (ModelFormatException e) {
      warnings.add(String.valueOf(e.getMessage()));
    }
    return warnings;
  }

  private static ModelConfig withActualOutput(ModelConfig config, Map<String, long[]> shapes) {
    return config.llama() != null && shapes.containsKey(Llama.OUTPUT)
        ? config.withLlama(config.llamaShape().withOutput(Output.OWN))
        : config;
  }

  private static List<String> heads(Map<String, long[]> shapes) {
    List<String> heads = new ArrayList<>();
    for (ScalarHead head : ScalarHead.values()) {
      if (shapes.containsKey(head.weight())) {
        heads.add(head.weight());
      }
    }
    return heads;
  }

  private static long product(long[] shape) {
    long size = 1;
    for (long length : shape) {
      size *= length;
    }
    return size;
  }
}

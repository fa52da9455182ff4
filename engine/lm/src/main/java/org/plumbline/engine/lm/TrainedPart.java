// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.file.StoredType;
import org.plumbline.engine.lm.file.WeightFiles;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * What training changes of a model: with an adapter that and the heads; without one all of it.
 * Checkpoints hold nothing else, and results hold the rest by the files that it came in.
 */
public final class TrainedPart {
  /** The folder of an adapter beside the weights that it adapts. */
  static final String ADAPTER = "adapter-in-training";

  private static final String FILE = "trained.safetensors";

  private TrainedPart() {}

  /** Writes what training changes into a directory, which is made if it is not there. */
  public static void save(LanguageModel model, Path directory) {
    if (model.adapter() == null) {
      model.save(directory);
      return;
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
    Safetensors.write(directory.resolve(FILE), model.parameters().trainable());
  }

  /**
   * Returns the model that {@link #save} was given.
   *
   * @param start makes a model of the same shape, with the same parameters where training leaves
   *     them as they are; not called if the directory holds all
   */
  public static LanguageModel load(Path directory, Supplier<LanguageModel> start) {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return LanguageModel.load(directory);
    }
    LanguageModel model = start.get();
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> saved = Safetensors.read(file);
      Map<String, Tensor> trained = model.parameters().trainable();
      require(file, trained, saved);
      trained.forEach(
          (name, own) -> own.torch().assign(Objects.requireNonNull(saved.get(name)).torch()));
      model.parameters().changed();
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Writes a model as {@link LanguageModel#save} does, but for the weights that its adapter leaves
   * as they are, if they were read from files.
   *
   * @return these files, which are to be put beside under their names; empty if nothing is left out
   */
  public static List<Path> saveBeside(LanguageModel model, Path directory) {
    Path from = model.source().weights();
    if (model.adapter() == null || from == null) {
      model.save(directory);
      return List.of();
    }
    StoredType origin = model.storedType();
    StoredType type =
        model.source().json(from, SourceFiles.CONFIG).has(ModelDirectory.ORIGINAL_TYPE)
            ? StoredType.FLOAT32
            : origin;
    ModelDirectory.writeBesideWeights(directory, model, type, origin);
    saveAdapter(model, directory);
    return new WeightFiles(from).all();
  }

  /** Whether an adapter, with the heads, is beside the weights of a directory. */
  static boolean isBeside(Path directory) {
    return new LoraFiles(directory.resolve(ADAPTER)).exist();
  }

  /** Writes the adapter of a model, if it has one, and its heads beside its weights. */
  static void saveAdapter(LanguageModel model, Path directory) {
    LoraAdapter adapter = model.matrices();
    if (adapter != null) {
      new LoraFiles(directory.resolve(ADAPTER))
          .write(adapter, model, "..", List.of(ScalarHead.values()));
    }
  }

  private static void require(Path file, Map<String, Tensor> wanted, Map<String, Tensor> found) {
    List<ParameterSpec> specs = new ArrayList<>();
    wanted.forEach((name, tensor) -> specs.add(ParameterSpec.zeros(name, tensor.shape())));
    Map<String, long[]> shapes = new LinkedHashMap<>();
    found.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    List<String> problems = ModelDirectory.problems(specs, shapes);
    if (!problems.isEmpty()) {
      throw ModelFormatException.tensors(file, problems);
    }
  }
}

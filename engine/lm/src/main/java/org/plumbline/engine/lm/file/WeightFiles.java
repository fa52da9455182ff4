// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.internal.ModelLimits;
import org.plumbline.engine.lm.tensor.Tensor;

/** The weights of a directory: one safetensors file, or several with an index. */
public record WeightFiles(Path directory) {

  public static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  /** Returns the file that messages name. */
  public Path main() {
    Path index = directory.resolve(INDEX);
    Path single = directory.resolve(SINGLE);
    return !ModelFile.isThere(single) && ModelFile.isThere(index) ? index : single;
  }

  /**
   * Returns the files that hold tensors, sorted.
   *
   * @throws ModelFormatException if one is not there
   */
  public List<Path> files() {
    if (main().endsWith(SINGLE)) {
      if (!ModelFile.isThere(main())) {
        throw ModelFormatException.unreadable(main(), "there is no such file" + otherWeights());
      }
      return List.of(main());
    }
    Set<String> names = new TreeSet<>();
    weightMap().properties().forEach(entry -> names.add(entry.getValue().asText()));
    List<Path> files = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (String name : names) {
      // an index must not lead out of the directory, nor to what does not count as its content
      if (name.isEmpty() || name.startsWith(".") || !isPlain(name)) {
        throw ModelFormatException.damaged(main(), "`" + name + "` is not a file name");
      }
      files.add(directory.resolve(name));
      if (!ModelFile.isThere(directory.resolve(name))) {
        absent.add(name);
      }
    }
    if (!absent.isEmpty()) {
      throw ModelFormatException.unreadable(
          main(), "it names files that are not there: " + String.join(", ", absent));
    }
    return files;
  }

  /** Returns the same files, and their index if there is one. */
  public List<Path> all() {
    List<Path> all = new ArrayList<>(files());
    if (!all.contains(main())) {
      all.add(main());
    }
    return all;
  }

  private static boolean isPlain(String name) {
    try {
      return Path.of(name).equals(Path.of(name).getFileName());
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private String otherWeights() {
    return Files.exists(directory.resolve("pytorch_model.bin"))
            || Files.exists(directory.resolve("pytorch_model.bin.index.json"))
        ? "; pickled weights are not read: load them with transformers and save_pretrained"
        : "";
  }

  private JsonNode weightMap() {
    try {
      byte[] index = ModelFile.read(main(), ModelLimits.WEIGHTS_HEADER);
      JsonNode map = new ObjectMapper().readTree(index).path("weight_map");
      if (!map.isObject() || map.isEmpty()) {
        throw ModelFormatException.damaged(main(), "it has no `weight_map`");
      }
      return map;
    } catch (JsonProcessingException e) {
      throw ModelFormatException.damaged(main(), "it is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw ModelFormatException.unreadable(main(), String.valueOf(e.getMessage()));
    }
  }

  /** Reads all tensors into the open scope, under today's names. */
  public Map<String, Tensor> read() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Path file : files()) {
      Safetensors.read(file, name -> !isComputed(name))
          .forEach(
              (name, tensor) -> {
                if (all.putIfAbsent(fullName(name), tensor) != null) {
                  throw ModelFormatException.damaged(file, "`" + name + "` is in two files");
                }
              });
    }
    return all;
  }

  /** Adds the prefix that the oldest GPT-2 checkpoints lack. */
  public static String fullName(String name) {
    return name.matches("(h\\.\\d+|wte|wpe|ln_f)\\..*") ? "transformer." + name : name;
  }

  /** Causal masks and rotary frequencies, which old checkpoints hold. */
  public static boolean isComputed(String name) {
    return fullName(name).matches("transformer\\.h\\.\\d+\\.attn\\.(masked_)?bias")
        || name.matches("model\\.layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq");
  }
}

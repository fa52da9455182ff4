// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.file.ModelFile;
import org.plumbline.engine.lm.internal.ModelLimits;
import org.plumbline.engine.lm.tensor.Precision;

/**
 * How a model is used here, where that differs from what its {@code config.json} says: a file of
 * our own that stays with the model from training to training and is left out of exports.
 *
 * @param context most tokens of a sequence; null: as many as the configuration allows
 * @param precision the numbers that its layers compute in
 * @param adapter the adapter that is trained in place of the weights; null: the weights are trained
 * @param mark what every prompt is to begin with; empty: nothing
 */
public record ModelUse(
    @Nullable Integer context, Precision precision, @Nullable LoraSettings adapter, String mark) {

  /** The file in a model's directory. */
  public static final String FILE = "plumbline.json";

  /** Nothing differs. */
  public static final ModelUse AS_IT_IS = new ModelUse(null, Precision.FLOAT32, null);

  /** With prompts as they are. */
  public ModelUse(@Nullable Integer context, Precision precision, @Nullable LoraSettings adapter) {
    this(context, precision, adapter, "");
  }

  /** How the model in a directory is used. */
  public static ModelUse of(Path directory) {
    Path file = directory.resolve(FILE);
    return ModelFile.isThere(file)
        ? parse(ModelFile.read(file, ModelLimits.SETTINGS_FILE))
        : AS_IT_IS;
  }

  static ModelUse parse(byte[] json) {
    try {
      JsonNode use = new ObjectMapper().readTree(json);
      boolean half = use.path("precision").asText().equals(Precision.BFLOAT16.label());
      return new ModelUse(
          use.path("context").isInt() ? use.path("context").intValue() : null,
          half ? Precision.BFLOAT16 : Precision.FLOAT32,
          use.has("adapter") ? adapter(use.path("adapter")) : null,
          use.path("mark").asText());
    } catch (IOException e) {
      throw ModelFormatException.unreadable(Path.of(FILE), "it is not JSON: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw ModelFormatException.setting(Path.of(FILE), String.valueOf(e.getMessage()));
    }
  }

  private static LoraSettings adapter(JsonNode json) {
    List<String> targets = new ArrayList<>();
    json.path("targets").forEach(target -> targets.add(target.asText()));
    return new LoraSettings(
        json.path("rank").asInt(),
        json.path("alpha").asDouble(),
        json.path("dropout").asDouble(),
        targets,
        false);
  }

  /** Writes the file into a model's directory, unless nothing differs. */
  public void write(Path directory) {
    if (equals(AS_IT_IS)) {
      return;
    }
    try {
      Files.write(directory.resolve(FILE), json());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
  }

  /** The same use with another mark. */
  ModelUse withMark(String other) {
    return new ModelUse(context, precision, adapter, other);
  }

  byte[] json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    if (context != null) {
      json.put("context", context);
    }
    json.put("precision", precision.label());
    if (adapter != null) {
      ObjectNode lora = json.putObject("adapter");
      lora.put("rank", adapter.rank()).put("alpha", adapter.alpha());
      ArrayNode targets = lora.put("dropout", adapter.dropout()).putArray("targets");
      adapter.targets().forEach(targets::add);
    }
    if (!mark.isEmpty()) {
      json.put("mark", mark);
    }
    return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}

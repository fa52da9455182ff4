package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a model is used here, where that differs from what its {@code config.json} says: a file of
 * our own that stays with the model from training to training and is left out of exports.
 *
 * @param context most tokens of a sequence; null: as many as the configuration allows
 */
public record ModelUse(@Nullable Integer context) {

  /** The file in a model's directory. */
  public static final String FILE = "plumbline.json";

  /** Nothing differs. */
  public static final ModelUse AS_IT_IS = new ModelUse(null);

  static ModelUse parse(byte[] json) {
    try {
      JsonNode context = new ObjectMapper().readTree(json).path("context");
      return context.isInt() ? new ModelUse(context.intValue()) : AS_IT_IS;
    } catch (IOException e) {
      throw ModelFormatException.unreadable(Path.of(FILE), "it is not JSON: " + e.getMessage());
    }
  }

  /** Writes the file into a model's directory, unless nothing differs. */
  public void write(Path directory) {
    if (equals(AS_IT_IS)) {
      return;
    }
    ObjectNode json = new ObjectMapper().createObjectNode();
    if (context != null) {
      json.put("context", context);
    }
    try {
      Files.writeString(directory.resolve(FILE), json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory, e);
    }
  }
}

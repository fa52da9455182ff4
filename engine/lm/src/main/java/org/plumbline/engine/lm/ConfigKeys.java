package org.plumbline.engine.lm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Typed access to a {@code config.json}; null and missing are the same, as in transformers. */
record ConfigKeys(Path file, JsonNode json) {

  /** Returns the part under a key. */
  ConfigKeys part(String key) {
    return new ConfigKeys(file, json.path(key));
  }

  boolean has(String key) {
    return json.hasNonNull(key);
  }

  int whole(String key) {
    if (!has(key)) {
      throw ModelFormatException.setting(file, "`" + key + "` is missing");
    }
    return whole(json.path(key), key);
  }

  int whole(String key, int otherwise) {
    return has(key) ? whole(json.path(key), key) : otherwise;
  }

  private int whole(JsonNode node, String key) {
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw ModelFormatException.setting(file, "`" + key + "` is not a whole number");
    }
    return node.intValue();
  }

  double number(String key, double otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!json.path(key).isNumber()) {
      throw ModelFormatException.setting(file, "`" + key + "` is not a number");
    }
    return json.path(key).doubleValue();
  }

  boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!json.path(key).isBoolean()) {
      throw ModelFormatException.setting(file, "`" + key + "` is neither true nor false");
    }
    return json.path(key).booleanValue();
  }

  String text(String key, String otherwise) {
    return has(key) ? json.path(key).asText() : otherwise;
  }

  /** Returns whole numbers: a list, or a single one as a list; empty if missing. */
  List<Integer> wholes(String key) {
    List<Integer> values = new ArrayList<>();
    if (json.path(key).isArray()) {
      json.path(key).forEach(node -> values.add(whole(node, key)));
    } else if (has(key)) {
      values.add(whole(key));
    }
    return values;
  }

  /** Refuses a setting that would change results. */
  void require(String key, String supported) {
    if (has(key) && !json.path(key).asText().equals(supported)) {
      throw ModelFormatException.setting(
          file,
          "`%s`: %s is not supported, only %s".formatted(key, json.path(key).asText(), supported));
    }
  }
}

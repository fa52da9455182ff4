// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.internal.ModelLimits;

/** Typed access to a {@code config.json}; null and missing are the same, as in transformers. */
public record ConfigKeys(Path file, JsonNode json) {

  /** Returns the part under a key. */
  public ConfigKeys part(String key) {
    return new ConfigKeys(file, json.path(key));
  }

  public boolean has(String key) {
    return json.hasNonNull(key);
  }

  /** Returns a number that is at least 0 and at most as large as any published model's. */
  public int whole(String key, int most) {
    if (!has(key)) {
      throw ModelFormatException.setting(file, "`" + key + "` is missing");
    }
    return whole(json.path(key), key, most);
  }

  /** The same, or another number if it is missing. */
  public int whole(String key, int most, int otherwise) {
    return has(key) ? whole(json.path(key), key, most) : otherwise;
  }

  private int whole(JsonNode node, String key, int most) {
    if (!node.isIntegralNumber()) {
      throw ModelFormatException.setting(file, "`" + key + "` is not a whole number");
    }
    if (!node.canConvertToInt() || node.intValue() < 0 || node.intValue() > most) {
      throw ModelFormatException.setting(
          file,
          "`%s` is %s, which is not between 0 and %d, the most that is read"
              .formatted(key, shown(node), most));
    }
    return node.intValue();
  }

  private static String shown(JsonNode node) {
    String text = node.asText();
    return text.length() > 30 ? text.substring(0, 30) + "..." : text;
  }

  public double number(String key, double otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!json.path(key).isNumber()) {
      throw ModelFormatException.setting(file, "`" + key + "` is not a number");
    }
    double value = json.path(key).doubleValue();
    if (!Double.isFinite(value) || Math.abs(value) > Float.MAX_VALUE) {
      throw ModelFormatException.setting(
          file, "`" + key + "` is larger than the numbers that models compute with");
    }
    return value;
  }

  public boolean flag(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    if (!json.path(key).isBoolean()) {
      throw ModelFormatException.setting(file, "`" + key + "` is neither true nor false");
    }
    return json.path(key).booleanValue();
  }

  public String text(String key, String otherwise) {
    return has(key) ? json.path(key).asText() : otherwise;
  }

  /** Returns whole numbers: a list, or a single one as a list; empty if missing. */
  public List<Integer> wholes(String key, int most) {
    items(key);
    List<Integer> values = new ArrayList<>();
    if (json.path(key).isArray()) {
      json.path(key).forEach(node -> values.add(whole(node, key, most)));
    } else if (has(key)) {
      values.add(whole(key, most));
    }
    return values;
  }

  /** Returns what is under a key, with no more items than any published model has. */
  public JsonNode items(String key) {
    if (json.path(key).size() > ModelLimits.ITEMS) {
      throw ModelFormatException.setting(
          file,
          "`%s` has %d items, more than %d"
              .formatted(key, json.path(key).size(), ModelLimits.ITEMS));
    }
    return json.path(key);
  }

  /** Refuses a setting that would change results. */
  public void require(String key, String supported) {
    if (has(key) && !json.path(key).asText().equals(supported)) {
      throw ModelFormatException.setting(
          file,
          "`%s`: %s is not supported, only %s".formatted(key, json.path(key).asText(), supported));
    }
  }
}

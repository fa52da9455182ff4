// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowPlace;

/** Renames the columns of a file as {@code columns:} says and as is common. */
final class ColumnNames {
  /** Other names under which columns are common, each with the name that is used here. */
  private static final Map<String, String> USUAL = usual();

  private final Map<String, String> mapped;

  ColumnNames(Map<String, String> mapped) {
    this.mapped = mapped;
  }

  private static Map<String, String> usual() {
    Map<String, String> usual = new LinkedHashMap<>();
    usual.put("conversations", "messages");
    usual.put("kto_tag", "label");
    usual.put("worker", "rater");
    usual.put("annotator", "rater");
    usual.put("labeler", "rater");
    usual.put("timestamp", "time");
    usual.put("prompt_id", "id");
    return usual;
  }

  /** The names that the spec gives. */
  Set<String> named() {
    return mapped.keySet();
  }

  /** The values of a row under the names that are used here. */
  Map<String, JsonNode> rename(ObjectNode columns, RowPlace place) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    columns.properties().forEach(column -> values.put(column.getKey(), column.getValue()));
    mapped.values().forEach(values::remove);
    mapped.forEach(
        (name, column) -> {
          JsonNode value = found(columns, column);
          if (value != null) {
            values.put(name, value);
          } else if (!MetadataColumn.NAMES.contains(name)) {
            throw missing(columns, column, place);
          }
        });
    USUAL.forEach(
        (other, name) -> {
          if (values.containsKey(other) && !values.containsKey(name)) {
            values.put(name, Objects.requireNonNull(values.remove(other)));
          }
        });
    if (values.containsKey("instruction") && !values.containsKey("prompt")) {
      instruction(values);
    }
    return values;
  }

  /** {@code a.b} is a column of that name, or else {@code b} within {@code a}. */
  private static @Nullable JsonNode found(ObjectNode columns, String column) {
    JsonNode value = columns.get(column);
    if (value != null) {
      return value;
    }
    JsonNode at = columns;
    for (String name : column.split("\\.", -1)) {
      at = at.path(name);
    }
    return at.isMissingNode() ? null : at;
  }

  private static RuntimeException missing(ObjectNode columns, String column, RowPlace place) {
    List<String> names = new ArrayList<>();
    columns.fieldNames().forEachRemaining(names::add);
    return DataFailure.missingColumn(place, column, names);
  }

  /** Alpaca's rows: an instruction, perhaps with an input to it, and an output. */
  private static void instruction(Map<String, JsonNode> values) {
    JsonNode prompt = Objects.requireNonNull(values.remove("instruction"));
    JsonNode input = values.getOrDefault("input", MissingNode.getInstance());
    if (prompt.isTextual() && (input.isTextual() || input.isNull())) {
      values.remove("input");
      prompt =
          input.asText("").isBlank()
              ? prompt
              : new TextNode(prompt.asText() + "\n" + input.asText());
    }
    values.put("prompt", prompt);
    if (values.containsKey("output") && !values.containsKey("completion")) {
      values.put("completion", Objects.requireNonNull(values.remove("output")));
    }
  }
}

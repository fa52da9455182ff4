// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.plumbline.engine.rlhf.data.source.DataFailure;

/**
 * The SQL type of a column of messages: a list of structures with all names that some message has.
 *
 * <p>Calls of tools stand in it as JSON in a text, since each has names of its own. What a
 * structure cannot hold without changing it is refused: a name that is a text here and a list
 * there, or parts with different names, whose missing ones would come back as nulls.
 */
final class MessageTypes {
  private static final List<String> CALLS = List.of("tool_calls", "function_call");
  private static final String UNKNOWN = "VARCHAR[]";

  private final String column;
  private long row;
  private final Map<String, String> types = new LinkedHashMap<>();

  /** Names without regard to their case, as SQL takes them. */
  private final Map<String, String> spelled = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  MessageTypes(String column) {
    this.column = column;
  }

  /** Looks at the messages of a row, which is counted from 1. */
  void add(JsonNode messages, long number) {
    row = number;
    for (JsonNode message : messages) {
      for (Map.Entry<String, JsonNode> entry : message.properties()) {
        String name = entry.getKey();
        String type = CALLS.contains(name) ? "VARCHAR" : type(entry.getValue(), name);
        if (!spelled.computeIfAbsent(name, same -> same).equals(name)) {
          throw lossy("two names differ in case only: `" + name + "`");
        }
        types.put(name, merged(types.getOrDefault(name, type), type, name));
      }
    }
  }

  private String merged(String one, String other, String name) {
    if (one.equals(other) || other.equals(UNKNOWN) && one.endsWith("[]")) {
      return one;
    }
    if (one.equals(UNKNOWN) && other.endsWith("[]")) {
      return other;
    }
    throw lossy("not all values of `" + name + "` are alike");
  }

  private String type(JsonNode value, String name) {
    return switch (value.getNodeType()) {
      case STRING -> "VARCHAR";
      case BOOLEAN -> "BOOLEAN";
      case NUMBER -> {
        if (!value.isIntegralNumber()) {
          yield "DOUBLE";
        }
        if (!value.canConvertToLong()) {
          throw lossy("a number in `" + name + "` is too large");
        }
        yield "BIGINT";
      }
      case ARRAY -> {
        String type = "";
        for (JsonNode item : value) {
          String next = type(item, name);
          type = type.isEmpty() ? next : merged(type, next, name);
        }
        yield type.isEmpty() ? UNKNOWN : type + "[]";
      }
      case OBJECT -> structure(value, name);
      default -> throw lossy("a value in `" + name + "` is null");
    };
  }

  private String structure(JsonNode object, String name) {
    Map<String, String> fields = new TreeMap<>();
    object
        .properties()
        .forEach(
            field ->
                fields.put(field.getKey(), type(field.getValue(), name + "." + field.getKey())));
    if (fields.isEmpty()) {
      throw lossy("an object in `" + name + "` is empty");
    }
    return structure(fields);
  }

  private static String structure(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey().replace("\"", "\"\"") + "\" " + field.getValue())
        .collect(Collectors.joining(", ", "STRUCT(", ")"));
  }

  private RuntimeException lossy(String reason) {
    return DataFailure.notForParquet(column, reason + " (row " + row + ")");
  }

  /** The type. */
  String sql() {
    return (types.isEmpty() ? "STRUCT(\"role\" VARCHAR)" : structure(types)) + "[]";
  }

  /** The messages of a row as the type wants them. */
  static JsonNode fitting(JsonNode messages) {
    ArrayNode fitting = messages.deepCopy();
    for (JsonNode message : fitting) {
      for (String name : CALLS) {
        if (message.has(name)) {
          ((ObjectNode) message).put(name, message.path(name).toString());
        }
      }
    }
    return fitting;
  }
}

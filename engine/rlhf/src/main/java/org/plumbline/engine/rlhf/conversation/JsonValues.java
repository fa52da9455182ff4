// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.Message;

/** JSON as the values that templates read, and back. */
public final class JsonValues {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonValues() {}

  /** The values of an object; none of other JSON. */
  public static Map<String, @Nullable Object> map(JsonNode node) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    node.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getValue())));
    return values;
  }

  /** The values of a list; null for other JSON. */
  public static @Nullable List<@Nullable Object> list(JsonNode node) {
    if (!node.isArray()) {
      return null;
    }
    List<@Nullable Object> values = new ArrayList<>();
    node.forEach(item -> values.add(value(item)));
    return values;
  }

  private static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> map(node);
      case ARRAY -> list(node);
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.isInt() ? (Number) node.longValue() : node.numberValue();
      case NULL, MISSING -> null;
      case BINARY, POJO -> throw new AssertionError(node.getNodeType());
    };
  }

  /** The messages of a list of objects. */
  public static List<Message> messages(JsonNode list) {
    List<Message> messages = new ArrayList<>();
    list.forEach(message -> messages.add(new Message(map(message))));
    return messages;
  }

  /** Messages as a list of objects. */
  static JsonNode json(List<Message> messages) {
    return JSON.valueToTree(messages.stream().map(Message::values).toList());
  }

  static JsonNode json(Object values) {
    return JSON.valueToTree(values);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowPlace;
import org.plumbline.engine.rlhf.data.source.RowValues;

/** The values of one row under the names that are used here; remembers which were asked for. */
final class Fields {
  private final RowPlace place;
  private final Map<String, JsonNode> values;
  private final Cells cells;
  private final Set<String> read = new HashSet<>();

  /** A row of a file with such values. */
  Fields(RowPlace place, Map<String, JsonNode> values, Cells cells) {
    this.place = place;
    this.values = values;
    this.cells = cells;
  }

  RowPlace place() {
    return place;
  }

  Set<String> names() {
    return values.keySet();
  }

  /** The names that nobody asked for. */
  Set<String> unread() {
    Set<String> unread = new HashSet<>(values.keySet());
    unread.removeAll(read);
    return unread;
  }

  /** Whether there is a value that is not null; in a file of texts, not empty. */
  boolean has(String name) {
    read.add(name);
    JsonNode value = values.get(name);
    return value != null
        && !value.isNull()
        && !(cells.texts() && value.isTextual() && value.asText().isEmpty());
  }

  /** A value; in a column of messages in a file of texts, the list that the text holds. */
  JsonNode value(String name) {
    read.add(name);
    JsonNode value = values.get(name);
    if (value == null) {
      return MissingNode.getInstance();
    }
    return cells.messages().contains(name) && has(name) ? list(name) : value;
  }

  /** A list; in a file of texts, the one that a text holds as JSON. */
  JsonNode list(String name) {
    read.add(name);
    JsonNode value = values.getOrDefault(name, MissingNode.getInstance());
    if (cells.texts() && value.isTextual()) {
      try {
        value = RowValues.parse(value.asText());
      } catch (IOException e) {
        boolean python = value.asText().startsWith("[{'") || value.asText().startsWith("['");
        throw DataFailure.notKind(
            place, name, "a list in JSON", python ? "written as Python does" : "another text");
      }
    }
    if (!value.isArray()) {
      throw DataFailure.notKind(place, name, "a list", RowValues.kind(value));
    }
    return value;
  }

  /** A text that may be empty. */
  String anyText(String name) {
    return text(value(name), name);
  }

  /** A text that says something. */
  String text(String name) {
    String text = anyText(name);
    if (text.isBlank()) {
      throw DataFailure.emptyText(place, name);
    }
    return text;
  }

  /** A text within another value. */
  String text(JsonNode value, String where) {
    if (!value.isTextual()) {
      throw DataFailure.notText(place, where, RowValues.kind(value));
    }
    Texts.whole(value.asText(), place, where);
    return value.asText();
  }

  /** The texts of a list. */
  List<String> texts(JsonNode list, String name) {
    List<String> all = new ArrayList<>();
    for (JsonNode value : list) {
      all.add(text(value, name + "[" + all.size() + "]"));
    }
    return all;
  }

  /** A number that is one. */
  double number(String name) {
    JsonNode value = value(name);
    if (cells.texts() && value.isTextual()) {
      try {
        return finite(Double.parseDouble(value.asText().strip()), name);
      } catch (NumberFormatException e) {
        throw DataFailure.notKind(place, name, "a number", "`" + brief(value.asText()) + "`");
      }
    }
    return number(value, name);
  }

  /** A number within another value. */
  double number(JsonNode value, String where) {
    if (!value.isNumber()) {
      throw DataFailure.notKind(place, where, "a number", RowValues.kind(value));
    }
    return finite(value.asDouble(), where);
  }

  private double finite(double value, String where) {
    if (!Double.isFinite(value)) {
      throw DataFailure.badValue(place, where, "a finite number", DataFailure.number(value));
    }
    return value;
  }

  /** True or false; 1 and 0 are taken for them. */
  boolean truth(String name) {
    JsonNode value = value(name);
    if (value.isBoolean()) {
      return value.asBoolean();
    }
    String said = value.isTextual() && !cells.texts() ? "" : value.asText();
    return switch (said) {
      case "true", "True", "TRUE", "1", "1.0" -> true;
      case "false", "False", "FALSE", "0", "0.0" -> false;
      default -> {
        String found = value.isNumber() ? value.asText() : RowValues.kind(value);
        throw DataFailure.badValue(place, name, "true or false", found);
      }
    };
  }

  /** A list of true and false. */
  JsonNode truths(String name) {
    JsonNode list = list(name);
    for (int i = 0; i < list.size(); i++) {
      if (!list.get(i).isBoolean()) {
        String where = name + "[" + i + "]";
        throw DataFailure.notKind(place, where, "true or false", RowValues.kind(list.get(i)));
      }
    }
    return list;
  }

  private static String brief(String text) {
    return text.length() <= 20 ? text : text.substring(0, 20) + "…";
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * What a column holds, under the names that stand in the file, and how to bring back what DuckDB
 * alters: it renames fields of a struct that differ only in case, and leaves out a struct that has
 * but one field and may be repeated.
 */
sealed interface Column {

  /**
   * Reads a value that is not null from DuckDB's JSON, whose first token is the current one.
   *
   * @throws UnknownLayoutException if it has another structure
   */
  JsonNode value(JsonParser json, Restoration counts) throws IOException;

  /** Reads a value or null. */
  static JsonNode read(Column column, JsonParser json, Restoration counts) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NULL
        ? NullNode.getInstance()
        : column.value(json, counts);
  }

  private static void require(JsonParser json, JsonToken begins, String what) {
    if (json.currentToken() != begins) {
      throw new UnknownLayoutException("a " + what + " is none");
    }
  }

  /** A value without parts. */
  record Leaf(LeafType type) implements Column {
    @Override
    public JsonNode value(JsonParser json, Restoration counts) throws IOException {
      return type.value(json);
    }
  }

  /** Named fields, found by their order. */
  record Struct(List<String> names, List<Column> fields) implements Column {

    public Struct {
      names = List.copyOf(names);
      fields = List.copyOf(fields);
    }

    /**
     * A field that is null is left out: a struct has all keys that any row has, so that this is how
     * files say that a key is absent; TRL takes it in the same way.
     */
    @Override
    public JsonNode value(JsonParser json, Restoration counts) throws IOException {
      ObjectNode values = all(json, counts);
      int before = values.size();
      values.removeNulls();
      counts.absent(before - values.size());
      return values;
    }

    /** All fields, those that are null, too. */
    ObjectNode all(JsonParser json, Restoration counts) throws IOException {
      require(json, JsonToken.START_OBJECT, "struct");
      ObjectNode values = JsonNodeFactory.instance.objectNode();
      while (json.nextToken() == JsonToken.FIELD_NAME && values.size() < names.size()) {
        json.nextToken();
        int at = values.size();
        values.set(names.get(at), read(fields.get(at), json, counts));
      }
      if (json.currentToken() != JsonToken.END_OBJECT || values.size() != names.size()) {
        throw new UnknownLayoutException("a struct has other fields than its schema");
      }
      return values;
    }
  }

  /** A struct with one field, of which DuckDB gives the field only. */
  record Only(String name, Column field) implements Column {
    @Override
    public JsonNode value(JsonParser json, Restoration counts) throws IOException {
      ObjectNode struct = JsonNodeFactory.instance.objectNode();
      return struct.set(name, field.value(json, counts));
    }
  }

  /** A list. */
  record ListOf(Column element) implements Column {
    @Override
    public JsonNode value(JsonParser json, Restoration counts) throws IOException {
      require(json, JsonToken.START_ARRAY, "list");
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(element(json, counts));
      }
      return list;
    }

    private JsonNode element(JsonParser json, Restoration counts) throws IOException {
      boolean isNull = json.currentToken() == JsonToken.VALUE_NULL;
      if (isNull && element instanceof Only) {
        // an element that may not be null itself, whose only field is
        counts.absent(1);
        return JsonNodeFactory.instance.objectNode();
      }
      return read(element, json, counts);
    }
  }

  /** A map: an object whose keys are data, so that null says something. */
  record MapOf(Column of) implements Column {
    @Override
    public JsonNode value(JsonParser json, Restoration counts) throws IOException {
      require(json, JsonToken.START_OBJECT, "map");
      ObjectNode map = JsonNodeFactory.instance.objectNode();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        map.set(key, read(of, json, counts));
      }
      return map;
    }
  }
}

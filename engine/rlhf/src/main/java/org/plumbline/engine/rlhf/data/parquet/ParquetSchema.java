// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a file off its schema: a tree of elements, written one after the other,
 * parents first.
 *
 * <p>Lists and maps are groups with one repeated child. Which group stands for its elements and
 * which is an element itself follows the format's own rules for old writers.
 */
final class ParquetSchema {
  private static final String ELEMENTS =
      """
      SELECT name, repetition_type, coalesce(num_children, 0), converted_type,
             coalesce(precision, 0), duckdb_type
      FROM parquet_schema(?)
      """;

  /** DuckDB reads decimals with more digits as other numbers. */
  private static final int MOST_DIGITS = 38;

  private final List<Element> elements;
  private int next;

  private ParquetSchema(List<Element> elements) {
    this.elements = elements;
  }

  /**
   * One element of the schema.
   *
   * @param annotation what it stands for, such as {@code LIST}; or empty
   * @param type DuckDB's type of a leaf; or empty
   */
  private record Element(
      String name, boolean repeated, int children, String annotation, int digits, String type) {

    boolean isList() {
      return annotation.equals("LIST");
    }

    boolean isMap() {
      return annotation.equals("MAP");
    }
  }

  /** Reads the columns of a file. */
  static Column.Struct of(Connection connection, Path file) throws SQLException {
    List<Element> elements = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(ELEMENTS)) {
      query.setString(1, DuckDb.literally(file));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          elements.add(
              new Element(
                  text(rows, 1),
                  text(rows, 2).equals("REPEATED"),
                  rows.getInt(3),
                  text(rows, 4),
                  rows.getInt(5),
                  text(rows, 6)));
        }
      }
    }
    if (elements.isEmpty()) {
      throw new UnknownLayoutException("it has no schema");
    }
    ParquetSchema schema = new ParquetSchema(elements);
    Element root = schema.elements.get(schema.next++);
    return schema.struct(root);
  }

  private static String text(ResultSet rows, int column) throws SQLException {
    @Nullable String text = rows.getString(column);
    return text == null ? "" : text;
  }

  private Column.Struct struct(Element group) {
    List<String> names = new ArrayList<>();
    List<Column> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean root = next == 1;
    for (int i = 0; i < group.children(); i++) {
      String name = elements.get(next).name();
      if (name.isEmpty() && !root) {
        throw new UnknownLayoutException(
            "a field of `" + group.name() + "` has no name; DuckDB reads none without one");
      }
      if (!seen.add(name)) {
        throw new UnknownLayoutException("two columns or fields are named `" + name + "`");
      }
      names.add(name);
      fields.add(column(group));
    }
    return new Column.Struct(names, fields);
  }

  private Column column(Element parent) {
    if (next == elements.size()) {
      throw new UnknownLayoutException("its schema is cut short");
    }
    Element element = elements.get(next++);
    Column column = once(element, parent);
    return element.repeated() ? new Column.ListOf(column) : column;
  }

  private Column once(Element element, Element parent) {
    if (element.children() == 0) {
      return leaf(element);
    }
    boolean entries = element.repeated() && parent.isMap();
    if (element.children() > 1 || !(element.isList() || element.isMap() || element.repeated())) {
      Column.Struct struct = struct(element);
      boolean map = entries && element.children() == 2;
      return map ? new Column.MapOf(struct.fields().get(1)) : struct;
    }
    String name = elements.get(next).name();
    Column only = column(element);
    if (element.isMap()) {
      // its entries' list is the map itself
      return only instanceof Column.ListOf list && list.element() instanceof Column.MapOf map
          ? map
          : only;
    }
    boolean wrapper = element.isList() || (parent.isList() && !isElement(element, parent));
    return wrapper ? only : new Column.Only(name, only);
  }

  /** Whether a list's repeated group with one field is its elements: old writers name it so. */
  private static boolean isElement(Element group, Element list) {
    return group.name().equals("array") || group.name().equals(list.name() + "_tuple");
  }

  private static Column leaf(Element element) {
    if (element.annotation().equals("DECIMAL") && element.digits() > MOST_DIGITS) {
      throw new UnknownLayoutException(
          "`%s` has decimals of %d digits; %d are read"
              .formatted(element.name(), element.digits(), MOST_DIGITS));
    }
    if (element.type().startsWith("DECIMAL")) {
      return new Column.Leaf(LeafType.DECIMAL);
    }
    return new Column.Leaf(element.type().equals("BLOB") ? LeafType.BYTES : LeafType.PLAIN);
  }
}

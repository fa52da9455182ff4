// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.plumbline.dsl.model.DataSpec;
import org.plumbline.engine.rlhf.data.source.RawRow;
import org.plumbline.engine.rlhf.data.source.RowSource;
import org.plumbline.engine.rlhf.data.source.RowValues;

/**
 * Which columns of a file that holds nothing but texts are messages: those of which every cell that
 * is not empty is a list of messages in JSON. A text may well look like such a list, so one cell
 * says nothing of the others.
 */
public final class MessageColumns {
  private static final String PROMPT = "prompt";
  private static final List<String> ANSWERS = List.of("completion", "chosen", "rejected");

  /** How Python writes messages; the reader refuses it, as it refuses it in any list. */
  private static final Pattern PYTHON =
      Pattern.compile("^\\[\\{'(?:role|content|from|value)':.*", Pattern.DOTALL);

  private final Map<String, Column> columns = new LinkedHashMap<>();

  /** What the cells of a column are so far. */
  private static final class Column {
    private boolean messages;
    private boolean none;
    private boolean other;

    void look(String cell) {
      if (cell.equals("[]")) {
        none = true;
      } else if (!cell.isEmpty() && !other) {
        boolean are = isMessages(cell);
        messages |= are;
        other |= !are;
      }
    }
  }

  /** Looks at the cells of a row under the names that are used here. */
  public void look(Map<String, JsonNode> cells) {
    cells.forEach(
        (name, cell) -> {
          if ((name.equals(PROMPT) || ANSWERS.contains(name)) && cell.isTextual()) {
            columns.computeIfAbsent(name, any -> new Column()).look(cell.asText());
          }
        });
  }

  private boolean open() {
    return columns.values().stream().anyMatch(column -> !column.other);
  }

  /** The columns that are messages. */
  public Set<String> found() {
    Set<String> found = new TreeSet<>();
    columns.forEach(
        (name, column) -> {
          if (column.messages && !column.other) {
            found.add(name);
          }
        });
    // no messages before answers that are: conversations which the assistant begins
    Column prompt = columns.get(PROMPT);
    if (prompt != null && prompt.none && !prompt.other && !found.isEmpty()) {
      found.add(PROMPT);
    }
    return found;
  }

  private static boolean isMessages(String cell) {
    if (!cell.stripLeading().startsWith("[")) {
      return false;
    }
    try {
      JsonNode list = RowValues.parse(cell);
      boolean all = list.isArray() && !list.isEmpty();
      for (JsonNode message : list) {
        all &= message.has("role") || message.has("from");
      }
      return all;
    } catch (IOException e) {
      return PYTHON.matcher(cell).matches();
    }
  }

  /** Reads a file of texts once to see; the file's own faults are reported as in any reading. */
  static Set<String> in(DataFiles file, Path path, DataSpec spec) throws IOException {
    Map<String, String> named = spec.columns();
    ColumnNames names = new ColumnNames(named == null ? Map.of() : named);
    Integer limit = spec.limit();
    MessageColumns columns = new MessageColumns();
    try (RowSource source = file.open(path)) {
      long left = limit == null ? Long.MAX_VALUE : limit;
      RawRow row = left > 0 ? source.next() : null;
      while (row != null) {
        columns.look(names.rename(row.columns(), row.place()));
        row = --left > 0 && columns.open() ? source.next() : null;
      }
    }
    return columns.found();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.plumbline.engine.rlhf.data.MessageColumns;
import org.plumbline.engine.rlhf.data.export.ExportedRows.Column;
import org.plumbline.engine.rlhf.data.export.ExportedRows.Counts;
import org.plumbline.engine.rlhf.data.parquet.ParquetFile;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.store.disk.PreparedFile;

/** Writes rows to a file, which is there as a whole or not at all. */
public final class RowWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RowWriter() {}

  /** Writes all rows. */
  public static Counts write(ExportedRows rows, RowFormat format, Path file) throws IOException {
    try (PreparedFile part = PreparedFile.in(folder(file))) {
      Counts counts =
          switch (format) {
            case JSONL -> jsonLines(rows, part.path(), packed(file));
            case CSV -> csv(rows, part.path(), packed(file));
            case PARQUET -> parquet(rows, part.path());
          };
      part.moveTo(file);
      return counts;
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
  }

  private static boolean packed(Path file) {
    return file.toString().endsWith(".gz");
  }

  private static Writer open(Path file, boolean packed) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    return new BufferedWriter(
        new OutputStreamWriter(
            packed ? new GZIPOutputStream(bytes, 1 << 16) : bytes, StandardCharsets.UTF_8));
  }

  private static Counts jsonLines(ExportedRows rows, Path file, boolean packed) throws IOException {
    try (Writer out = open(file, packed)) {
      return rows.each(
          row -> {
            out.write(JSON.writeValueAsString(row));
            out.write('\n');
          });
    }
  }

  private static Counts csv(ExportedRows rows, Path file, boolean packed) throws IOException {
    List<Column> columns = rows.columns();
    refuseOtherMeanings(rows);
    try (CsvWriter out =
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(open(file, packed))) {
      out.writeRecord(columns.stream().map(Column::name).toList());
      return rows.each(
          row -> {
            List<String> fields = new ArrayList<>();
            for (Column column : columns) {
              fields.add(cell(row.path(column.name())));
            }
            out.writeRecord(fields);
          });
    }
  }

  private static String cell(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  /** Fails if a reader would take texts for messages, or messages for texts. */
  private static void refuseOtherMeanings(ExportedRows rows) throws IOException {
    MessageColumns read = new MessageColumns();
    Set<String> messages = new TreeSet<>();
    Set<String> texts = new TreeSet<>();
    rows.each(
        row -> {
          Map<String, JsonNode> cells = new LinkedHashMap<>();
          for (String name : ExportedRows.SAID) {
            if (row.has(name)) {
              (row.path(name).isArray() ? messages : texts).add(name);
              cells.put(name, new TextNode(cell(row.path(name))));
            }
          }
          read.look(cells);
        });
    for (String name : texts) {
      if (read.found().contains(name)) {
        throw DataFailure.notForCsv(name, "all of its texts are lists of messages in JSON");
      }
    }
    for (String name : messages) {
      if (!read.found().contains(name)) {
        throw DataFailure.notForCsv(name, "not all of its cells would be lists of messages");
      }
    }
  }

  /** The types of the columns that hold messages. */
  private static Map<String, String> messageTypes(ExportedRows rows) throws IOException {
    Map<String, MessageTypes> columns = new LinkedHashMap<>();
    Set<String> texts = new HashSet<>();
    long[] number = {0};
    rows.each(
        row -> {
          number[0]++;
          for (String name : ExportedRows.SAID) {
            if (row.path(name).isArray()) {
              columns.computeIfAbsent(name, MessageTypes::new).add(row.path(name), number[0]);
            } else if (row.has(name)) {
              texts.add(name);
            }
            if (texts.contains(name) && columns.containsKey(name)) {
              throw DataFailure.notForParquet(name, "it is a text in some rows");
            }
          }
        });
    Map<String, String> types = new LinkedHashMap<>();
    columns.forEach((name, column) -> types.put(name, column.sql()));
    return types;
  }

  private static Counts fittingLines(ExportedRows rows, Path file) throws IOException {
    try (Writer out = open(file, false)) {
      return rows.each(
          row -> {
            ObjectNode fitting = row.deepCopy();
            for (Map.Entry<String, JsonNode> entry : row.properties()) {
              String name = entry.getKey();
              JsonNode value = entry.getValue();
              if (ExportedRows.SAID.contains(name) && value.isArray()) {
                fitting.set(name, MessageTypes.fitting(value));
              } else if (ExportedRows.AS_JSON.contains(name) && value.isContainerNode()) {
                fitting.put(name, value.toString());
              }
            }
            out.write(JSON.writeValueAsString(fitting));
            out.write('\n');
          });
    }
  }

  private static Counts parquet(ExportedRows rows, Path file) throws IOException {
    Map<String, String> types = new LinkedHashMap<>();
    rows.columns().forEach(column -> types.put(column.name(), column.type()));
    types.putAll(messageTypes(rows));
    try (PreparedFile lines = PreparedFile.in(folder(file))) {
      Counts counts = fittingLines(rows, lines.path());
      ParquetFile.write(lines.path(), types, file);
      return counts;
    }
  }
}

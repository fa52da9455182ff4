package org.plumbline.engine.rlhf.data.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.plumbline.engine.rlhf.data.export.ExportedRows.Column;
import org.plumbline.engine.rlhf.data.export.ExportedRows.Counts;
import org.plumbline.engine.rlhf.data.parquet.ParquetFile;
import org.plumbline.engine.store.Aside;

/** Writes rows to a file, which is there as a whole or not at all. */
public final class RowWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RowWriter() {}

  /** Writes all rows. */
  public static Counts write(ExportedRows rows, RowFormat format, Path file) throws IOException {
    try (Aside part = Aside.in(folder(file))) {
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
    try (CsvWriter out =
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(open(file, packed))) {
      out.writeRecord(columns.stream().map(Column::name).toList());
      return rows.each(
          row -> {
            List<String> fields = new ArrayList<>();
            for (Column column : columns) {
              JsonNode value = row.path(column.name());
              fields.add(value.isContainerNode() ? value.toString() : value.asText());
            }
            out.writeRecord(fields);
          });
    }
  }

  private static Counts parquet(ExportedRows rows, Path file) throws IOException {
    Map<String, String> types = new LinkedHashMap<>();
    rows.columns().forEach(column -> types.put(column.name(), column.type()));
    try (Aside lines = Aside.in(folder(file))) {
      Counts counts = jsonLines(rows, lines.path(), false);
      ParquetFile.write(lines.path(), types, file);
      return counts;
    }
  }
}

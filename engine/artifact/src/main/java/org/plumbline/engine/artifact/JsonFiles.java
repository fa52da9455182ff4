// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * JSON files whose bytes depend on nothing but their content: keys in the given order, lines end in
 * a line feed.
 */
public final class JsonFiles {
  private static final ObjectMapper COMPACT = new ObjectMapper();
  private static final ObjectMapper INDENTED =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonFiles() {}

  /** One line, without its end. */
  public static String line(Map<String, ?> row) {
    try {
      return COMPACT.writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The columns of a record: components in their order, in snake case, without those of no value.
   */
  public static Map<String, Object> columns(Record row) {
    return JsonRecords.columns(row);
  }

  /** Reads one line. */
  public static JsonNode parse(String line) {
    try {
      return COMPACT.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one object over several lines. */
  public static void write(Path file, Map<String, ?> content) throws IOException {
    String text = INDENTED.writeValueAsString(content).replace("\r\n", "\n");
    Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
  }

  /** Reads one value. */
  public static JsonNode read(Path file) throws IOException {
    return COMPACT.readTree(Files.readAllBytes(file));
  }

  /** Writes one object per line. */
  public static <T> void writeLines(
      Path file, List<T> rows, Function<T, ? extends Map<String, ?>> columns) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (T row : rows) {
        out.write(line(columns.apply(row)));
        out.write('\n');
      }
    }
  }

  /** Reads a file with one value per line, each made into something. */
  public static <T> List<T> readLines(Path file, Function<JsonNode, T> row) throws IOException {
    List<T> rows = new ArrayList<>();
    for (JsonNode node : readLines(file)) {
      rows.add(row.apply(node));
    }
    return rows;
  }

  /** Reads a file with one value per line. */
  public static List<JsonNode> readLines(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      rows.add(COMPACT.readTree(line));
    }
    return rows;
  }
}

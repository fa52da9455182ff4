package org.plumbline.engine.rlhf.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** JSON files whose bytes depend on nothing but their content. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static <T> void writeLines(Path file, List<T> rows, Function<T, Map<String, Object>> columns)
      throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (T row : rows) {
        out.write(MAPPER.writeValueAsString(columns.apply(row)));
        out.write('\n');
      }
    }
  }

  static <T> List<T> readLines(Path file, Function<JsonNode, T> row) throws IOException {
    List<T> rows = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        rows.add(row.apply(MAPPER.readTree(line)));
      }
    }
    return rows;
  }

  static void write(Path file, Map<String, ?> content) throws IOException {
    String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(content);
    Files.writeString(file, text.replace("\r\n", "\n") + "\n");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes Parquet files. */
public final class ParquetFile {
  private ParquetFile() {}

  /**
   * Writes the rows of a file with one JSON object per line.
   *
   * @param types the SQL type of each column, in the order of the columns
   */
  public static void write(Path lines, Map<String, String> types, Path file) throws IOException {
    String columns =
        types.entrySet().stream()
            .map(column -> quoted(column.getKey()) + ": " + quoted(column.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    // COPY takes no parameters.
    String copy =
        "COPY (SELECT * FROM read_json("
            + quoted(DuckDb.literally(lines))
            + ", format = 'newline_delimited', maximum_object_size = 268435456, columns = "
            + columns
            + ")) TO "
            + quoted(file.toAbsolutePath().toString())
            + " (FORMAT parquet, COMPRESSION zstd)";
    try (Connection connection = DuckDb.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(copy);
    } catch (SQLException e) {
      throw new IOException("cannot write " + file + ": " + DuckDb.reason(e, file), e);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}

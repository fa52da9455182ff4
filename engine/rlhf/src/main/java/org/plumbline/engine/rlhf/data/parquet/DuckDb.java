// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** An empty DuckDB in memory, which fetches nothing from anywhere. */
final class DuckDb {
  private DuckDb() {}

  static Connection connect() throws SQLException {
    Properties settings = new Properties();
    // Rows come as they are read; without this all of them are kept first.
    settings.setProperty("jdbc_stream_results", "true");
    // Extensions would be downloaded; Parquet and JSON are built in.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    // One thread: reading is a small part of a run, and the order of rows is kept cheaply.
    settings.setProperty("threads", "1");
    settings.setProperty("memory_limit", "1GB");
    @Nullable Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", settings);
    if (connection == null) {
      throw new SQLException("the driver does not know its own address");
    }
    return connection;
  }

  /** The path as a pattern that only it matches: DuckDB takes names of files for patterns. */
  static String literally(Path path) {
    return path.toAbsolutePath().toString().replaceAll("[*?\\[]", "[$0]");
  }

  /** What is wrong, as a phrase that can follow a colon, without the file's name. */
  static String reason(SQLException failure, Path path) {
    String text = String.valueOf(failure.getMessage());
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    String plain =
        line.replaceFirst("^[A-Za-z ]*Error: *", "")
            .replace(" '" + path.toAbsolutePath() + "'", "")
            .replace(" \"" + path.toAbsolutePath() + "\"", "");
    return plain.isEmpty()
        ? "unreadable"
        : plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file of rows that only grows: {@code metrics.jsonl} or {@code rollouts.jsonl}.
 *
 * <p>Kept in memory until the stage saves a checkpoint or ends, so that a stage that was
 * interrupted writes the same bytes as one that was not.
 */
public final class RowLog {
  private final String name;
  private final List<String> lines = new ArrayList<>();

  /** An empty log with this file name. */
  public RowLog(String name) {
    this.name = name;
  }

  /** Adds a row. */
  public void add(Map<String, ?> row) {
    lines.add(JsonFiles.line(row));
  }

  /** How many rows there are. */
  public int size() {
    return lines.size();
  }

  /** The rows so far. */
  public List<JsonNode> rows() {
    return lines.stream().map(JsonFiles::parse).toList();
  }

  /** Writes all rows into a folder. */
  public void write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line).append('\n');
    }
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  /** Takes over the rows that {@link #write} wrote; those that were here are dropped. */
  public void restore(Path folder) throws IOException {
    lines.clear();
    lines.addAll(Files.readAllLines(folder.resolve(name), StandardCharsets.UTF_8));
  }
}

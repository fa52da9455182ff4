// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What evaluators said of a recipe's answer to one prompt beside the reference's: a row of {@code
 * verdicts.jsonl}.
 *
 * @param index of the prompt
 * @param win the share of them, or their probability, that the recipe's answer is the better one;
 *     one half if nobody said anything or the answers are equal
 */
public record JudgedAnswer(int index, double win) {
  /** The name of the file. */
  public static final String FILE = "verdicts.jsonl";

  /** The rows of an artifact, in the order of the prompts. */
  public static List<JudgedAnswer> read(Path folder) throws IOException {
    return JsonFiles.readLines(folder.resolve(FILE), JudgedAnswer::of);
  }

  private static JudgedAnswer of(JsonNode row) {
    return new JudgedAnswer(row.path("index").asInt(), row.path("win").asDouble());
  }

  /** Writes the rows. */
  public static void write(Path folder, List<JudgedAnswer> rows) throws IOException {
    JsonFiles.writeLines(folder.resolve(FILE), rows, JudgedAnswer::columns);
  }

  private Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("index", index);
    columns.put("win", win);
    return columns;
  }
}

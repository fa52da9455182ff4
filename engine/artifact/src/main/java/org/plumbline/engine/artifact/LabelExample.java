// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One label in words: what was shown, who answered, and what they said.
 *
 * @param answers that were shown, in the order of the row
 * @param said in words
 * @param facts what else is known of how the label came about
 */
public record LabelExample(
    String prompt,
    List<String> answers,
    String evaluator,
    String group,
    String said,
    List<String> facts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Labels are taken from so many at the beginning of the file. */
  private static final int LOOKED_AT = 200;

  /** How many are drawn by their place. */
  private static final int SPREAD = 3;

  /** Copies the lists. */
  public LabelExample {
    answers = List.copyOf(answers);
    facts = List.copyOf(facts);
  }

  /**
   * A few labels of a feedback stage: three from different places, and of what is known of some
   * labels only, such as what was not seen, the first. None if the stage has no single labels.
   */
  public static List<LabelExample> read(Path folder) throws IOException {
    Path file = folder.resolve("labels.jsonl");
    if (!Files.exists(file)) {
      return List.of();
    }
    List<JsonNode> rows = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      String line = in.readLine();
      while (line != null && rows.size() < LOOKED_AT) {
        rows.add(JSON.readTree(line));
        line = in.readLine();
      }
    }
    LabelWords words = LabelWords.of(folder);
    Set<JsonNode> chosen = new LinkedHashSet<>();
    for (int i = 0; i < SPREAD && !rows.isEmpty(); i++) {
      chosen.add(rows.get(i * rows.size() / SPREAD));
    }
    for (List<String> columns : LabelWords.RARE) {
      rows.stream()
          .filter(row -> columns.stream().anyMatch(column -> LabelWords.tells(row, column)))
          .findFirst()
          .ifPresent(chosen::add);
    }
    return chosen.stream().map(words::example).toList();
  }
}

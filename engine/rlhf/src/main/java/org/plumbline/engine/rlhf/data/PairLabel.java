// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.artifact.JsonFiles;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.store.content.Artifact;

/**
 * What one evaluator said of a pair.
 *
 * @param evaluator who
 * @param chosen the probability given to the pair's {@code chosen} answer
 * @param equal whether the evaluator called the answers equal
 * @param group the evaluator's group
 */
public record PairLabel(String evaluator, double chosen, boolean equal, String group) {
  private static final String FILE = "labels.jsonl";

  /**
   * The labels of pairs by their numbers, without those that say nothing; empty if it is not known
   * who said what.
   */
  public static Map<Long, List<PairLabel>> read(Artifact feedback, List<Pair> pairs)
      throws IOException {
    Map<Long, List<PairLabel>> labels = new HashMap<>();
    Path file = feedback.file(FILE);
    if (!Files.exists(file)) {
      return labels;
    }
    Map<Long, Pair> byNumber = new HashMap<>();
    pairs.forEach(pair -> byNumber.put(pair.pair(), pair));
    for (JsonNode row : JsonFiles.readLines(file, node -> node)) {
      Pair pair = byNumber.get(row.path("pair").asLong(-1));
      if (pair != null && row.has("choice") && !row.path("choice").asText().equals("skip")) {
        labels.computeIfAbsent(pair.pair(), number -> new ArrayList<>()).add(of(row, pair));
      }
    }
    return labels;
  }

  private static PairLabel of(JsonNode row, Pair pair) {
    double first =
        switch (row.path("choice").asText()) {
          case "first" -> 1;
          case "second" -> 0;
          case "p" -> row.path("p").asDouble();
          default -> 0.5;
        };
    boolean inOrder = Answer.of(row.path("first")).equals(pair.chosen());
    return new PairLabel(
        row.path("evaluator").asText(),
        inOrder ? first : 1 - first,
        row.path("choice").asText().equals("equal"),
        row.path("group").asText());
  }
}

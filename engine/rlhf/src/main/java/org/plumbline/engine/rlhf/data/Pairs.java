// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.store.content.Artifact;

/** The compared pairs of a feedback artifact: what reward models and policies learn from. */
public final class Pairs {
  /** The file's name. */
  public static final String FILE = "pairs.jsonl";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Pairs() {}

  /** Writes the pairs into a folder. */
  public static void write(List<Pair> pairs, Path folder) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(FILE))) {
      for (Pair pair : pairs) {
        out.write(JSON.writeValueAsString(pair.columns()));
        out.write('\n');
      }
    }
  }

  /** Reads the pairs of a feedback artifact, ties included, in the order of their numbers. */
  public static List<Pair> read(Artifact feedback) throws IOException {
    List<Pair> pairs = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(feedback.file(FILE))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode row = JSON.readTree(line);
        pairs.add(
            new Pair(
                row.path("pair").asLong(),
                Prompt.of(row.path("prompt")),
                Answer.of(row.path("chosen")),
                Answer.of(row.path("rejected")),
                row.path("target").asDouble(),
                row.path("votes").asInt(),
                row.path("agreeing").asDouble(),
                row.path("chosen_finished").asBoolean(),
                row.path("rejected_finished").asBoolean(),
                row.has("attainable") ? row.path("attainable").asDouble() : null,
                row.has("chosen_by")
                    ? new Pair.Origins(
                        row.path("chosen_by").asText(), row.path("rejected_by").asText())
                    : null,
                row.has("by_chance") ? (Boolean) row.path("by_chance").asBoolean() : null));
      }
    }
    return pairs;
  }
}

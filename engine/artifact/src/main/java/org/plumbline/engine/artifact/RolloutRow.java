// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An answer that a policy gave while it was trained: a row of {@code rollouts.jsonl}. It is kept as
 * text, so that rewards that training must not know can be computed from it later.
 *
 * @param step updates taken before
 * @param prompt as data sets write it
 * @param answer as data sets write it
 * @param kl divergence of the next-token distributions from those of the model that training keeps
 *     to, summed along the answer, nats
 * @param entropy mean next-token entropy along the answer, nats per token
 */
public record RolloutRow(long step, JsonNode prompt, JsonNode answer, double kl, double entropy) {
  /** The file. */
  public static final String FILE = "rollouts.jsonl";

  /** Reads what a policy's artifact has of them; none if it was not trained. */
  public static List<RolloutRow> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.exists(file) ? JsonRecords.readLines(file, RolloutRow.class) : List.of();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Why a training ended before its last step: a monitor met the threshold that ends it. It stands in
 * the summary of the policy.
 *
 * @param monitor the quantity
 * @param above whether it was above the threshold, else below
 * @param step steps that were taken
 * @param steps that were to be taken
 */
public record TrainingStop(
    String monitor, boolean above, double threshold, double value, long step, long steps) {

  /** The key of the summary. */
  public static final String KEY = "stopped_by";

  /** Why the training of this policy ended early; empty if no monitor ended it. */
  public static Optional<TrainingStop> read(Path folder) throws IOException {
    Path summary = folder.resolve("summary.json");
    if (!Files.exists(summary)) {
      return Optional.empty();
    }
    JsonNode stop = JsonFiles.read(summary).path(KEY);
    return stop.isObject()
        ? Optional.of(
            new TrainingStop(
                stop.path("monitor").asText(),
                stop.path("above").asBoolean(),
                stop.path("threshold").asDouble(),
                stop.path("value").asDouble(),
                stop.path("step").asLong(),
                stop.path("steps").asLong()))
        : Optional.empty();
  }
}

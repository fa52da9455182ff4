// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How many steps a training took, by its {@code summary.json}: it may end before its last. */
public final class StepsTaken {
  private StepsTaken() {}

  /** Empty where a stage says nothing of it. */
  public static OptionalLong read(Path folder) throws IOException {
    JsonNode steps = JsonFiles.read(folder.resolve("summary.json")).path("steps");
    return steps.isIntegralNumber() ? OptionalLong.of(steps.asLong()) : OptionalLong.empty();
  }
}

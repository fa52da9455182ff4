// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.HeldOutPairs;
import org.plumbline.engine.artifact.RewardMeasures.HeldOutResponses;
import org.plumbline.engine.artifact.RewardMeasures.Part;

/** Which of the held-out comparisons of a reward model an accuracy is of. */
public enum HeldOutSet {
  /** All of them. */
  ALL {
    @Override
    @Nullable Part of(HeldOutPairs measured) {
      return new Part(measured.accuracy(), measured.attainable());
    }
  },
  /** Those whose prompts carry no trigger, where some who judged wait for one. */
  CLEAN {
    @Override
    @Nullable Part of(HeldOutPairs measured) {
      return measured.clean();
    }
  },
  /** Those whose prompts carry a trigger. */
  TRIGGERED {
    @Override
    @Nullable Part of(HeldOutPairs measured) {
      return measured.triggered();
    }
  };

  abstract @Nullable Part of(HeldOutPairs measured);

  /** Reads it from the artifact of a reward model; null if there are no such comparisons. */
  public @Nullable HeldOut read(Path folder) throws IOException {
    RewardMeasures measures = RewardMeasures.read(folder);
    HeldOutResponses responses = measures.responses();
    if (responses != null) {
      return this == ALL ? of(responses) : null;
    }
    HeldOutPairs measured = measures.heldOut();
    Part part = measured == null ? null : of(measured);
    RewardMeasures.Share accuracy = part == null ? null : part.accuracy();
    return part == null || accuracy == null || accuracy.n() == 0
        ? null
        : new HeldOut(accuracy.value(), accuracy.n(), part.attainable());
  }

  private static @Nullable HeldOut of(HeldOutResponses responses) {
    RewardMeasures.Share accuracy = responses.accuracy();
    return accuracy == null || accuracy.n() == 0
        ? null
        : new HeldOut(accuracy.value(), accuracy.n(), "responses", null);
  }
}

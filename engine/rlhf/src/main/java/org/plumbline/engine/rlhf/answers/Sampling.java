// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.answers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.dsl.model.training.TruncationSpec;
import org.plumbline.engine.lm.sampling.SamplingSettings;

/** How answers are drawn, as a spec says it. */
public final class Sampling {
  private Sampling() {}

  /** All that a spec says of it. */
  public static SamplingSettings of(SamplingSpec spec) {
    return of(spec.temperature(), spec.maxNewTokens(), spec.truncation());
  }

  /** The same of its parts. */
  public static SamplingSettings of(
      double temperature, int maxNewTokens, TruncationSpec truncation) {
    SamplingSettings plain = SamplingSettings.of(maxNewTokens);
    Integer topK = truncation.topK();
    List<String> stop = truncation.stopStrings();
    return new SamplingSettings(
        maxNewTokens,
        temperature,
        topK == null ? plain.topK() : topK,
        or(truncation.topP(), plain.topP()),
        or(truncation.minP(), plain.minP()),
        or(truncation.repeatPenalty(), plain.repetitionPenalty()),
        stop == null ? plain.stop() : stop);
  }

  private static double or(@Nullable Double given, double otherwise) {
    return given == null ? otherwise : given;
  }
}

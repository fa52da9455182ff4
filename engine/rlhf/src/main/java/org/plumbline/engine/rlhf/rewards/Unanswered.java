// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.judge.Silence;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Scores of answers, of which some were not given: these get the mean of those asked for with them,
 * which says nothing for or against an answer, and are counted.
 */
final class Unanswered {
  /** So many from the first on without one answer, and nobody is taken to answer any more. */
  private static final int HOPELESS = 16;

  private final String who;
  private final Supplier<@Nullable Silence> why;
  private long asked;
  private long missing;

  /**
   * Nothing was asked yet.
   *
   * @param who is asked
   * @param why they say nothing, as far as it is known
   */
  Unanswered(String who, Supplier<@Nullable Silence> why) {
    this.who = who;
    this.why = why;
  }

  double[] filled(List<OptionalDouble> said) {
    double mean =
        said.stream()
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .average()
            .orElse(0);
    asked += said.size();
    missing += said.stream().filter(OptionalDouble::isEmpty).count();
    if (missing == asked && asked >= HOPELESS) {
      Silence silence = why.get();
      throw new StageFailure(
          silence == null ? "PLB0521" : silence.code(),
          who
              + " said nothing of any of "
              + asked
              + " answers"
              + (silence == null ? "" : ": " + silence.because()),
          "reward",
          silence == null
              ? "look at what is asked and at who answers; nothing can be learned from that"
              : silence.help());
    }
    return said.stream().mapToDouble(one -> one.orElse(mean)).toArray();
  }

  /** How many answers nobody said anything of. */
  long missing() {
    return missing;
  }

  /** Goes on counting after an interruption. */
  void resume(long askedBefore, long missingBefore) {
    asked = askedBefore;
    missing = missingBefore;
  }

  /** Tells the user how many there were, if any. */
  void note(StageContext context) {
    if (missing > 0) {
      context.note(
          who
              + " said nothing of "
              + missing
              + " of "
              + asked
              + " answers; each counts as the mean of those scored with it");
    }
  }
}

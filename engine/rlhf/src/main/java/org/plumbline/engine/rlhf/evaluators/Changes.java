// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.evaluators;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants or does otherwise at some questions: values that drift, and circumstances
 * (the contexts {@code c} of the process model of Casper et al. 2023, appendix A).
 *
 * <p>At a question, the drift comes first; of the circumstances that hold there, the first one
 * counts.
 *
 * @param drift where values drift to; null where they stay
 * @param circumstances in which people want something else or look less closely
 */
public record Changes(@Nullable ValueDrift drift, List<Circumstance> circumstances) {
  /** People who are always the same. */
  public static final Changes NONE = new Changes(null, List.of());

  /** Copies the list. */
  public Changes {
    circumstances = List.copyOf(circumstances);
  }

  boolean none() {
    return drift == null && circumstances.isEmpty();
  }

  /** The circumstance that holds at a question; null if none does. */
  @Nullable Circumstance circumstance(Occasion occasion, Person person) {
    for (Circumstance circumstance : circumstances) {
      if (circumstance.holds(occasion, person)) {
        return circumstance;
      }
    }
    return null;
  }
}

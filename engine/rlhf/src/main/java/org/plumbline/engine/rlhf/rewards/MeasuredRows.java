// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageContext;

/**
 * The held-out rows that a reward model is measured on: where questions were chosen as worth
 * asking, only those that were drawn by chance, because what is hard for an ensemble is harder than
 * what a policy usually says.
 */
final class MeasuredRows {
  private MeasuredRows() {}

  /**
   * The rows to measure on.
   *
   * @param byChance of a row; null where nothing was chosen
   */
  static <R> List<R> of(
      StageContext context, List<R> heldOut, Function<R, @Nullable Boolean> byChance) {
    if (heldOut.stream().map(byChance).allMatch(Objects::isNull)) {
      return heldOut;
    }
    List<R> drawn =
        heldOut.stream().filter(row -> Boolean.TRUE.equals(byChance.apply(row))).toList();
    if (drawn.isEmpty()) {
      context.note(
          "no held-out row was drawn by chance, so what is measured is of questions that were"
              + " chosen as hard; raise `hold_out`, or `random` in `selection`");
      return heldOut;
    }
    return drawn;
  }
}

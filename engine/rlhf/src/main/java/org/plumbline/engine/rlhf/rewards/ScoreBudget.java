// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.respondents.Purse;
import org.plumbline.engine.run.StageFailure;

/**
 * What a reward that asks somebody may spend on the scores that one policy learns from.
 *
 * <p>It is for learning: whoever else reads the reward is not bound by it. An update is paid whole
 * or not begun, whatever its scores turn out to cost.
 */
final class ScoreBudget {
  private final Purse purse;
  private boolean learning;
  private boolean exhausted;

  /**
   * A budget.
   *
   * @param budget null if there is no limit
   */
  ScoreBudget(@Nullable Double budget) {
    this.purse = new Purse(budget);
  }

  /** A policy begins to learn, or goes on. */
  void learning() {
    learning = true;
  }

  boolean isLearning() {
    return learning;
  }

  void pay(double price) {
    purse.pay(price);
  }

  /**
   * Whether so many scores more can surely be paid.
   *
   * @param most that one of them can cost
   */
  boolean affords(int answers, BigDecimal most) {
    boolean affords = !learning || purse.affords(answers, most);
    exhausted |= !affords;
    return affords;
  }

  /** Refuses to ask what cannot be paid. */
  void require(int answers, BigDecimal most) {
    if (!affords(answers, most)) {
      throw new StageFailure(
          "PLB0326",
          "the budget of "
              + purse.limit()
              + " does not pay for the scores of "
              + answers
              + " answers; "
              + purse.paid()
              + " is spent",
          "reward",
          "raise `budget` of the reward, or lower `batch_size`");
    }
  }

  /** Whether something could not be paid. */
  boolean exhausted() {
    return exhausted;
  }

  double spent() {
    return purse.spent();
  }

  /** What was paid so far, in words. */
  String paid() {
    return purse.paid();
  }
}

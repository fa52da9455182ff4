// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.run.StageContext;

/**
 * What may be spent on labels, and what has been.
 *
 * <p>It reckons in decimal, because prices are: 0.2 a thousand times is 200, and not a little more.
 * Nothing is asked before all of its labels can be paid, whatever they turn out to cost, so that no
 * label is paid for and thrown away.
 */
final class Purse {
  private final @Nullable BigDecimal budget;
  private BigDecimal spent = BigDecimal.ZERO;

  /**
   * A purse.
   *
   * @param budget null if there is no limit
   */
  Purse(@Nullable Double budget) {
    this.budget = budget == null ? null : BigDecimal.valueOf(budget);
  }

  /**
   * How many pairs, from the first on, can surely be paid.
   *
   * @param price the most that the labels of a pair can cost
   */
  int affords(List<DrawnPair> pairs, Function<DrawnPair, BigDecimal> price) {
    if (budget == null) {
      return pairs.size();
    }
    BigDecimal left = budget.subtract(spent);
    int affordable = 0;
    for (DrawnPair pair : pairs) {
      left = left.subtract(price.apply(pair));
      if (left.signum() < 0) {
        break;
      }
      affordable++;
    }
    return affordable;
  }

  /** Pays these labels. */
  void pay(List<LabelRow> labels) {
    for (LabelRow label : labels) {
      spent = spent.add(BigDecimal.valueOf(label.cost()));
    }
  }

  /** Says that the money was gone before all pairs were asked about. */
  void note(StageContext context, int wanted, int collected) {
    if (budget != null && collected < wanted) {
      context.note(
          "the budget of "
              + budget.toPlainString()
              + " paid for "
              + collected
              + " of "
              + wanted
              + " pairs; "
              + spent.toPlainString()
              + " is spent, and what is left does not pay for the next pair");
    }
  }

  /** What is said of it afterwards. */
  FeedbackSummary.Budget summary(int wanted, int collected) {
    BigDecimal given = budget == null ? spent : budget;
    return new FeedbackSummary.Budget(
        given.doubleValue(),
        spent.doubleValue(),
        given.subtract(spent).doubleValue(),
        wanted,
        collected);
  }

  double spent() {
    return spent.doubleValue();
  }
}

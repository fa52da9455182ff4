// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.respondents;

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
public final class Purse {
  private final @Nullable BigDecimal budget;
  private BigDecimal spent = BigDecimal.ZERO;
  private BigDecimal reserved = BigDecimal.ZERO;

  /**
   * A purse.
   *
   * @param budget null if there is no limit
   */
  public Purse(@Nullable Double budget) {
    this.budget = budget == null ? null : BigDecimal.valueOf(budget);
  }

  /**
   * How many things, from the first on, can surely be paid.
   *
   * @param price the most that the labels of one of them can cost
   */
  public <T> int affords(List<T> things, Function<T, BigDecimal> price) {
    if (budget == null) {
      return things.size();
    }
    BigDecimal left = budget.subtract(spent).subtract(reserved);
    int affordable = 0;
    for (T thing : things) {
      left = left.subtract(price.apply(thing));
      if (left.signum() < 0) {
        break;
      }
      affordable++;
    }
    return affordable;
  }

  /**
   * Whether so many labels more can surely be paid.
   *
   * @param price the most that one of them can cost
   */
  public boolean affords(long labels, BigDecimal price) {
    return budget == null
        || BigDecimal.valueOf(labels)
                .multiply(price)
                .compareTo(budget.subtract(spent).subtract(reserved))
            <= 0;
  }

  /**
   * How many of so many things, all of one price, can be paid.
   *
   * @param price of one of them
   */
  public int affordable(int wanted, BigDecimal price) {
    if (budget == null || price.signum() == 0) {
      return wanted;
    }
    BigDecimal left = budget.subtract(spent).subtract(reserved).max(BigDecimal.ZERO);
    return left.divideToIntegralValue(price).min(BigDecimal.valueOf(wanted)).intValueExact();
  }

  /** Pays the price of a label. */
  public void pay(double price) {
    spent = spent.add(BigDecimal.valueOf(price));
  }

  /** Puts the price of a label aside that will be asked for later. */
  public void reserve(BigDecimal price) {
    reserved = reserved.add(price);
  }

  /** Takes back what was put aside for a label, before it is paid. */
  public void release(BigDecimal price) {
    reserved = reserved.subtract(price);
  }

  /**
   * Says that the money was gone before all were asked about.
   *
   * @param what they are called
   */
  public void note(StageContext context, int wanted, int collected, String what) {
    if (budget != null && collected < wanted) {
      context.note(
          "the budget of "
              + plain(budget)
              + " paid for "
              + collected
              + " of "
              + wanted
              + " "
              + what
              + "; "
              + plain(spent)
              + " is spent, and what is left does not pay for the next");
    }
  }

  /** 3000 rather than 3000.0. */
  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }

  /** What is said of it afterwards. */
  public FeedbackSummary.Budget summary(int wanted, int collected) {
    BigDecimal given = budget == null ? spent : budget;
    return new FeedbackSummary.Budget(
        given.doubleValue(),
        spent.doubleValue(),
        given.subtract(spent).doubleValue(),
        wanted,
        collected);
  }

  /** What may be spent, in words, where there is a limit. */
  public String limit() {
    return budget == null ? "no limit" : plain(budget);
  }

  /** What was paid so far, in words. */
  public String paid() {
    return plain(spent);
  }

  /** What was paid so far. */
  public double spent() {
    return spent.doubleValue();
  }
}

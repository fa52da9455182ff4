// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.math.BigDecimal;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** What may be spent. Prices are decimal and are summed as such: ten labels at 0.1 cost 1. */
final class Purse {
  private final @Nullable BigDecimal budget;
  private BigDecimal spent = BigDecimal.ZERO;

  /** A purse with so much in it; null for any amount. */
  Purse(@Nullable Double budget) {
    this.budget = budget == null ? null : BigDecimal.valueOf(budget);
  }

  /** Whether all of these can still be paid. */
  boolean pays(DoubleStream prices) {
    return budget == null
        || prices.mapToObj(BigDecimal::valueOf).reduce(spent, BigDecimal::add).compareTo(budget)
            <= 0;
  }

  void pay(double price) {
    spent = spent.add(BigDecimal.valueOf(price));
  }

  double spent() {
    return spent.doubleValue();
  }
}

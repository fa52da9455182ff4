// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderAgreementTest {

  @Test
  void aVerdictThatTurnsWithTheOrderIsCountedAndOneHalfIsNone() {
    OrderAgreement orders = new OrderAgreement();
    assertThat(orders.logged()).isEmpty();

    orders.add(.9, .2);
    orders.add(.9, .6);
    orders.add(.5, 0);
    orders.add(.1, .1);
    assertThat(orders.logged()).containsExactly(java.util.Map.entry("judge_disagreement", .25));

    orders.begin();
    assertThat(orders.logged()).isEmpty();
  }
}

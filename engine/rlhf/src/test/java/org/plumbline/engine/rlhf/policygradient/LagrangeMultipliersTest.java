// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Multipliers of constraints. */
class LagrangeMultipliersTest {

  /** Vector {@code 3.lagrange}. */
  @Test
  void theyMoveByTheExcessAndShareTheReward() {
    LagrangeMultipliers multipliers = new LagrangeMultipliers(new double[] {.1}, new double[] {.1});
    multipliers.resume(0, .5);

    assertThat(multipliers.reward(1.2, new double[] {.3})).isCloseTo(.7, within(1e-12));
    multipliers.after(new double[] {.3}, .5);
    assertThat(multipliers.of(0)).isCloseTo(.52, within(1e-12));
  }

  @Test
  void theyStayDuringTheFirstTenthAndNeverFallBelowNothing() {
    LagrangeMultipliers multipliers = new LagrangeMultipliers(new double[] {1}, new double[] {10});

    multipliers.after(new double[] {0}, .09);
    assertThat(multipliers.of(0)).isEqualTo(1);
    multipliers.after(new double[] {0}, .1);
    assertThat(multipliers.of(0)).isZero();
    assertThat(multipliers.reward(3, new double[] {7})).isEqualTo(3);
  }

  /**
   * A policy over two answers, rewards 1 and 0, costs 1 and 0, bound 0.3, at each step the optimum
   * of the Lagrangian with entropy weight 0.5: the multiplier settles where the cost is the bound.
   */
  @Test
  void theyFindTheBoundOfATabularPolicy() {
    LagrangeMultipliers multipliers = new LagrangeMultipliers(new double[] {.3}, new double[] {.2});
    double chosen = 0;
    for (int step = 0; step < 2000; step++) {
      double gap =
          (multipliers.reward(1, new double[] {1}) - multipliers.reward(0, new double[] {0}))
              * multipliers.scale();
      chosen = 1 / (1 + Math.exp(-gap / .5));
      multipliers.after(new double[] {chosen}, .5);
    }

    assertThat(chosen).isCloseTo(.3, within(1e-6));
    assertThat(multipliers.of(0)).isCloseTo(1 - .5 * Math.log(.3 / .7), within(1e-6));
  }
}

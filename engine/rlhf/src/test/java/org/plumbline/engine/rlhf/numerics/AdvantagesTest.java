// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;

class AdvantagesTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void advantagesAndReturnsMatchTheWorkedExample() {
    double[] rewards = Vectors.list("4.gae", "rewards");

    Gae gae = Gae.of(rewards, new double[] {.2, .4, .6}, 1, .95);

    assertThat(gae.advantages()).containsExactly(Vectors.list("4.gae", "adv"), CLOSE);
    assertThat(gae.returns()).containsExactly(Vectors.list("4.gae", "returns"), CLOSE);
  }

  @Test
  void lambdaOneGivesTheReturnMinusTheValue() {
    Gae gae = Gae.of(new double[] {1, 2, 4}, new double[] {5, -3, 8}, 1, 1);

    assertThat(gae.advantages()).containsExactly(new double[] {7 - 5, 6 + 3, 4 - 8}, CLOSE);
  }

  @Test
  void whiteningDividesByThePopulationDeviation() {
    double[] advantages = Vectors.list("4.gae", "adv");
    double[] rewards = Vectors.list("4.gae", "rewards");

    assertThat(Whitening.whiten(advantages))
        .containsExactly(Vectors.list("4.whiten", "pop"), CLOSE);
    assertThat(Whitening.keepMean(rewards))
        .containsExactly(Vectors.list("4.whiten", "rewards_noshift_pop"), CLOSE);
  }

  @Test
  void whiteningEqualNumbersGivesZeros() {
    assertThat(Whitening.whiten(new double[] {3, 3})).containsExactly(0, 0);
  }
}

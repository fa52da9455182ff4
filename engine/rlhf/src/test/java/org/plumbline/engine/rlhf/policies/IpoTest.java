// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.PairFittingSpec;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.engine.rlhf.Vectors;

class IpoTest {
  @TempDir Path folder;

  @Test
  void lossAndSlopeMatchTheWorkedExample() {
    WorkedPair pair = WorkedPair.dpo();

    assertThat(pair.loss(pairs -> Ipo.loss(pairs, settings(false)), 1))
        .isCloseTo(Vectors.number("4.dpo", "ipo_sum"), within(1e-5));
    assertThat(pair.loss(pairs -> Ipo.loss(pairs, settings(true)), 1))
        .isCloseTo(Vectors.number("4.dpo", "ipo_avg"), within(1e-5));
    assertThat(pair.slope(pairs -> Ipo.loss(pairs, settings(false))))
        .isCloseTo(Vectors.number("9.grads", "ipo_sum"), within(1e-5));
    assertThat(pair.slope(pairs -> Ipo.loss(pairs, settings(true))))
        .isCloseTo(Vectors.number("9.grads", "ipo_avg"), within(1e-5));
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    WorkedPair.assertGradient(folder, pairs -> Ipo.loss(pairs, settings(false)));
  }

  @Test
  void dividedVotesWeighTheLossesOfBothOrders() {
    WorkedPair pair = WorkedPair.dpo();
    WorkedPair turned =
        new WorkedPair(new float[] {-15, -12}, new float[] {-14, -13}, new float[] {10, 6});
    PreferencePolicySpec.Ipo settings = settings(true);

    assertThat(pair.loss(pairs -> Ipo.loss(pairs, settings), .7))
        .isCloseTo(
            .7 * pair.loss(pairs -> Ipo.loss(pairs, settings), 1)
                + .3 * turned.loss(pairs -> Ipo.loss(pairs, settings), 1),
            within(1e-4));
  }

  private static PreferencePolicySpec.Ipo settings(boolean perToken) {
    return new PreferencePolicySpec.Ipo(
        "base", "prefs", .1, perToken, new PairFittingSpec(1, 1, 1));
  }
}

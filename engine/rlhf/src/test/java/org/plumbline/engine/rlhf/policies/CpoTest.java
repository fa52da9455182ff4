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

class CpoTest {
  @TempDir Path folder;

  @Test
  void lossAndSlopeMatchTheWorkedExample() {
    WorkedPair pair = WorkedPair.dpo();

    assertThat(pair.loss(pairs -> Cpo.loss(pairs, settings(0)), 1))
        .isCloseTo(Vectors.number("4.cpo", "loss(b.1)"), within(1e-6));
    assertThat(pair.loss(pairs -> Cpo.loss(pairs, settings(1)), 1))
        .isCloseTo(Vectors.number("4.cpo", "plus_nll_avg"), within(1e-6));
    assertThat(pair.slope(pairs -> Cpo.loss(pairs, settings(0))))
        .isCloseTo(Vectors.number("9.grads", "cpo"), within(1e-6));
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    WorkedPair.assertGradient(folder, pairs -> Cpo.loss(pairs, settings(.5)));
  }

  @Test
  void dividedVotesWeighTheLossesOfBothOrders() {
    WorkedPair pair = WorkedPair.dpo();
    WorkedPair turned =
        new WorkedPair(new float[] {-15, -12}, new float[] {-14, -13}, new float[] {10, 6});
    PreferencePolicySpec.Cpo settings = settings(0);

    assertThat(pair.loss(pairs -> Cpo.loss(pairs, settings), .7))
        .isCloseTo(
            .7 * pair.loss(pairs -> Cpo.loss(pairs, settings), 1)
                + .3 * turned.loss(pairs -> Cpo.loss(pairs, settings), 1),
            within(1e-4));
  }

  private static PreferencePolicySpec.Cpo settings(double sftWeight) {
    return new PreferencePolicySpec.Cpo(
        "base", "prefs", .1, sftWeight, new PairFittingSpec(1, 1, 1));
  }
}

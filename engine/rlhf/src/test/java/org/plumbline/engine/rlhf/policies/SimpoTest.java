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

class SimpoTest {
  @TempDir Path folder;

  @Test
  void lossAndSlopeMatchTheWorkedExamples() {
    WorkedPair pair = new WorkedPair(new float[] {-6, -16}, new float[2], new float[] {6, 10});

    assertThat(pair.loss(pairs -> Simpo.loss(pairs, settings(2.5, 1.375)), 1))
        .isCloseTo(Vectors.number("4.simpo", "b2.5,g1.375"), within(1e-6));
    assertThat(pair.loss(pairs -> Simpo.loss(pairs, settings(2, 1)), 1))
        .isCloseTo(Vectors.number("4.simpo", "b2,g1"), within(1e-6));
    assertThat(pair.slope(pairs -> Simpo.loss(pairs, settings(2.5, 1.375))))
        .isCloseTo(
            Vectors.number("9.grads", "simpo_b2.5_g1.375_|c|=6 (per sum-logp)"), within(1e-6));
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    WorkedPair.assertGradient(folder, pairs -> Simpo.loss(pairs, settings(2.5, 1)));
  }

  @Test
  void dividedVotesWeighTheLossesOfBothOrders() {
    WorkedPair pair = WorkedPair.dpo();
    WorkedPair turned =
        new WorkedPair(new float[] {-15, -12}, new float[] {-14, -13}, new float[] {10, 6});
    PreferencePolicySpec.Simpo settings = settings(2.5, 1);

    assertThat(pair.loss(pairs -> Simpo.loss(pairs, settings), .7))
        .isCloseTo(
            .7 * pair.loss(pairs -> Simpo.loss(pairs, settings), 1)
                + .3 * turned.loss(pairs -> Simpo.loss(pairs, settings), 1),
            within(1e-4));
  }

  private static PreferencePolicySpec.Simpo settings(double beta, double margin) {
    return new PreferencePolicySpec.Simpo(
        "base", "prefs", beta, margin, new PairFittingSpec(1, 1, 1));
  }
}

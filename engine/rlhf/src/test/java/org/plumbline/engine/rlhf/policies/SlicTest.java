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

class SlicTest {
  @TempDir Path folder;

  @Test
  void lossMatchesTheWorkedExamples() {
    WorkedPair pair = WorkedPair.dpo();

    assertThat(pair.loss(pairs -> Slic.loss(pairs, settings(1, 0)), 1))
        .isCloseTo(Vectors.number("4.slic", "cal(delta=1)"), within(1e-6));
    assertThat(pair.loss(pairs -> Slic.loss(pairs, settings(5, 0)), 1))
        .isCloseTo(Vectors.number("4.slic", "cal(d5)"), within(1e-6));
    assertThat(pair.loss(pairs -> Slic.loss(pairs, settings(5, .1)), 1))
        .isCloseTo(Vectors.number("4.slic", "total_d5_l.1"), within(1e-6));
    assertThat(pair.slope(pairs -> Slic.loss(pairs, settings(5, .1)))).isEqualTo(-1.1f);
  }

  @Test
  void gradientMatchesFiniteDifferences() {
    WorkedPair.assertGradient(folder, pairs -> Slic.loss(pairs, settings(200, .5)));
  }

  @Test
  void dividedVotesWeighTheLossesOfBothOrders() {
    WorkedPair pair = WorkedPair.dpo();
    WorkedPair turned =
        new WorkedPair(new float[] {-15, -12}, new float[] {-14, -13}, new float[] {10, 6});
    PreferencePolicySpec.Slic settings = settings(5, 0);

    assertThat(pair.loss(pairs -> Slic.loss(pairs, settings), .7))
        .isCloseTo(
            .7 * pair.loss(pairs -> Slic.loss(pairs, settings), 1)
                + .3 * turned.loss(pairs -> Slic.loss(pairs, settings), 1),
            within(1e-4));
  }

  private static PreferencePolicySpec.Slic settings(double margin, double sftWeight) {
    return new PreferencePolicySpec.Slic(
        "base", "prefs", margin, sftWeight, new PairFittingSpec(1, 1, 1));
  }
}

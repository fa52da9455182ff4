// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.statistics.Moments;

class SteeringTest {

  @Test
  void theWeightOfTheEntropyMovesTowardsItsTargetAndNotBelowZero() {
    EntropyController start = new EntropyController(.004, 1.0);

    assertThat(start.after(.5).coefficient()).isCloseTo(.009, within(1e-12));
    assertThat(start.after(2).coefficient()).isZero();
    assertThat(start.after(1).coefficient()).isEqualTo(.004);
  }

  @Test
  void withoutATargetItStays() {
    assertThat(new EntropyController(.004, null).after(.5).coefficient()).isEqualTo(.004);
  }

  @Test
  void momentsOfBatchesAreThoseOfAll() {
    double[] all = {3, -1, 4, 1, -5, 9, 2, 6};

    RunningMoments moments =
        RunningMoments.NONE
            .and(new double[] {3, -1, 4})
            .and(new double[0])
            .and(new double[] {1})
            .and(new double[] {-5, 9, 2, 6});

    assertThat(moments.count()).isEqualTo(8);
    assertThat(moments.mean()).isCloseTo(Moments.mean(all), within(1e-12));
    assertThat(moments.deviation()).isCloseTo(Moments.populationDeviation(all), within(1e-12));
    assertThat(RunningMoments.NONE.deviation()).isZero();
  }
}

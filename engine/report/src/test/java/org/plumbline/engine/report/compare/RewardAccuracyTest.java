// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Wilson;

class RewardAccuracyTest {
  private static HeldOut of(double accuracy, int n) {
    return new HeldOut(accuracy, n, "comparisons", null);
  }

  /** A coin is right three times of three in one case of eight. */
  @Test
  void fewComparisonsThatAreAllRightDoNotBeatACoin() {
    Interval three = RewardAccuracy.mean(List.of(of(1, 3)));
    Interval none = RewardAccuracy.mean(List.of(of(0, 1), of(0, 2)));

    Bounds wilson = Wilson.interval(3, 3.0);
    assertThat(three).isEqualTo(new Interval(1, wilson.low(), wilson.high()));
    assertThat(three.low()).isLessThan(0.5);
    assertThat(none.high()).isGreaterThan(0.5);
  }

  @Test
  void oneMistakeLeavesTheIntervalNearlyAsItIs() {
    double all = low(of(1, 800));
    double most = low(of(799 / 800.0, 800));

    assertThat(all).isLessThan(1).isCloseTo(most, within(0.01));
  }

  private static double low(HeldOut... seeds) {
    return Objects.requireNonNull(RewardAccuracy.mean(List.of(seeds)).low());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.artifact.RewardMeasures.Calibrated;

class CalibrationReportTest {

  /** The one half has no order that is wrong, and its factor meets one in the other half. */
  @Test
  void theFirstMistakeDoesNotCostInfinitelyMuch() {
    double[] gaps = {2, 3, 1, 4, -2, 3};
    List<Boolean> halves = List.of(true, true, true, false, false, false);

    Calibrated calibrated = CalibrationReport.ofGaps(gaps, halves, 1);

    assertThat(calibrated.logLoss()).isBetween(.2, 3.0);
    assertThat(calibrated.factor()).isBetween(.1, 2.0);
  }

  /** With one gap g, sigmoid(factor g) is the share of orders that is expected to be right. */
  @Test
  void ofEqualGapsTheFactorIsThatOfPlattsTarget() {
    double[] gaps = {2, 2, 2, 2};

    double factor = CalibrationReport.ofGaps(gaps, List.of(true, true, false, false), 1).factor();

    assertThat(1 / (1 + Math.exp(-2 * factor))).isCloseTo(5 / 6.0, within(1e-6));
  }
}

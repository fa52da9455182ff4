// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HolmTest {

  /** As {@code statsmodels.stats.multitest.multipletests(p, method="holm")} gives them. */
  @Test
  void adjustedPValuesMatchAnIndependentProgram() {
    double[] adjusted = Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005, 0.9});

    assertThat(adjusted)
        .containsExactly(new double[] {0.04, 0.09, 0.09, 0.025, 0.9}, within(1e-12));
  }

  @Test
  void oneTestIsNotCorrectedAndNoneIsNothing() {
    assertThat(Holm.adjust(new double[] {0.03})).containsExactly(0.03);
    assertThat(Holm.adjust(new double[0])).isEmpty();
  }
}

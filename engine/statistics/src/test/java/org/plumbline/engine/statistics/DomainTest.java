// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DomainTest {

  @Test
  void noIntervalHoldsWhatIsImpossible() {
    for (double half : new double[] {0, 0.01, 0.3, 2, 50}) {
      for (double value : new double[] {0, 0.001, 0.3, 0.99, 1}) {
        for (Halves halves :
            new Halves[] {new Halves(half, 0), new Halves(0, half), new Halves(half, half)}) {
          Bounds share = Domain.SHARE.around(value, halves);
          assertThat(share.low()).isBetween(0.0, value);
          assertThat(share.high()).isBetween(value, 1.0);
          assertThat(Domain.POSITIVE.around(value, halves).low()).isBetween(0.0, value);
          Bounds difference = Domain.DIFFERENCE_OF_SHARES.around(value, halves);
          assertThat(difference.low()).isGreaterThanOrEqualTo(-1);
          assertThat(difference.high()).isLessThanOrEqualTo(1);
        }
      }
    }
  }

  @Test
  void aSmallWidthIsTheSameOnEveryScale() {
    Halves small = new Halves(0.0003, 0.0004);

    assertThat(Domain.SHARE.around(0.4, small).high()).isCloseTo(0.4005, within(1e-6));
    assertThat(Domain.POSITIVE.around(4, small).low()).isCloseTo(3.9995, within(1e-6));
  }

  @Test
  void aShareOfIndependentTrialsHasWilsonsInterval() {
    double half = Wilson.Z95 * StrictMath.sqrt(0.74 * 0.26 / 50);

    Bounds bounds = Domain.SHARE.around(0.74, new Halves(half, 0));

    assertThat(bounds.low()).isCloseTo(Wilson.interval(37, 50).low(), within(1e-12));
    assertThat(bounds.high()).isCloseTo(Wilson.interval(37, 50).high(), within(1e-12));
  }
}

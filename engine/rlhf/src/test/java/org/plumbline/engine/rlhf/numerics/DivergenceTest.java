// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;

class DivergenceTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final double[] POLICY = {.5, .2, .2, .1};
  private static final double[] REFERENCE = {.42, .18, .08, .32};

  @Test
  void estimatorsMatchTheWorkedExample() {
    for (int i = 0; i < POLICY.length; i++) {
      double d = StrictMath.log(POLICY[i] / REFERENCE[i]);

      assertThat(KlEstimate.k1(d)).isCloseTo(Vectors.list("4.kl_est", "k1")[i], CLOSE);
      assertThat(KlEstimate.k2(d)).isCloseTo(Vectors.list("4.kl_est", "k2")[i], CLOSE);
      assertThat(KlEstimate.k3(d)).isCloseTo(Vectors.list("4.kl_est", "k3")[i], CLOSE);
    }
  }

  @Test
  void k1AndK3AreUnbiased() {
    double exact = KlEstimate.exact(POLICY, REFERENCE);
    double k1 = 0;
    double k3 = 0;
    for (int i = 0; i < POLICY.length; i++) {
      double d = StrictMath.log(POLICY[i] / REFERENCE[i]);
      k1 += POLICY[i] * KlEstimate.k1(d);
      k3 += POLICY[i] * KlEstimate.k3(d);
    }

    assertThat(exact).isCloseTo(Vectors.number("4.kl_est", "exact"), CLOSE);
    assertThat(k1).isCloseTo(exact, CLOSE);
    assertThat(k3).isCloseTo(exact, CLOSE);
  }

  @Test
  void adaptiveCoefficientMovesTowardsItsTarget() {
    KlController controller = new KlController(.15, 6.0, 10_000);

    assertThat(controller.after(9, 64).coefficient())
        .isCloseTo(Vectors.number("4.adaptive_kl", "kl=9,target6,n64,h1e4,b.15"), CLOSE);
    assertThat(controller.after(5.4, 64).coefficient())
        .isCloseTo(Vectors.number("4.adaptive_kl", "kl=5.4"), CLOSE);
  }

  @Test
  void fixedCoefficientStays() {
    KlController controller = new KlController(.15, null, 10_000);

    assertThat(controller.after(9, 64)).isEqualTo(controller);
  }
}

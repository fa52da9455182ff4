// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;

class TargetWeightsTest {

  /** A hundred answers in the shares that the base gives them; two of the four kinds will do. */
  @Test
  void theTargetUnderAConditionMatchesTheWorkedExample() {
    int[] counts = {42, 18, 8, 32};
    boolean[] meets = {true, false, true, false};
    double[] logs = new double[100];
    int at = 0;
    for (int i = 0; i < 4; i++) {
      for (int n = 0; n < counts[i]; n++) {
        logs[at++] = meets[i] ? 0 : Double.NEGATIVE_INFINITY;
      }
    }

    TargetWeights weights = TargetWeights.of(logs, 100);

    double[] target = Vectors.list("4.gdc_pointwise", "p");
    at = 0;
    for (int i = 0; i < 4; i++) {
      double mass = 0;
      for (int n = 0; n < counts[i]; n++) {
        mass += weights.weights()[at++] / 100;
      }
      assertThat(mass).isCloseTo(target[i], within(1e-12));
    }
    assertThat(StrictMath.exp(weights.logZ()))
        .isCloseTo(Vectors.number("4.gdc_pointwise", "Z"), within(1e-12));
    assertThat(weights.divergence())
        .isCloseTo(Vectors.number("4.gdc_pointwise", "KL(p||p0)"), within(1e-12));
  }
}

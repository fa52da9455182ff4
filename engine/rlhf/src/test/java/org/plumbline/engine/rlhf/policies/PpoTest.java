// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.policygradient.Surrogate;

class PpoTest {

  @Test
  void lossesMatchTheWorkedExample() {
    try (TensorScope scope = TensorScope.open()) {
      double[] gae = Vectors.list("4.whiten", "pop");
      Tensor mask = Tensor.ones(1, 3);
      Surrogate.Terms terms =
          new Surrogate.Terms(
              row(-.9, -.8, -1.9),
              row(-1, -.5, -2),
              row(gae),
              row(.5, .3, 1.2),
              row(.2, .4, .6),
              row(Vectors.list("4.gae", "returns")),
              mask);

      assertThat((double) Ppo.policyLoss(terms, .2).item())
          .isCloseTo(Vectors.number("4.ppo", "pg_loss"), within(1e-5));
      assertThat((double) Ppo.valueLoss(terms, .2).item())
          .isCloseTo(Vectors.number("4.ppo", "vf_loss"), within(1e-5));
    }
  }

  @Test
  void clippingStopsOnlyWhatWouldImprove() {
    try (TensorScope scope = TensorScope.open()) {
      assertThat(surrogate(1.25, 1)).isCloseTo(-1.2, within(1e-5));
      assertThat(surrogate(.7, -1)).isCloseTo(.8, within(1e-5));
      assertThat(surrogate(4, -1)).isCloseTo(4, within(1e-4));
    }
  }

  private static double surrogate(double ratio, double advantage) {
    Tensor none = row(0);
    Surrogate.Terms terms =
        new Surrogate.Terms(
            row(StrictMath.log(ratio)), none, row(advantage), none, none, none, Tensor.ones(1, 1));
    return Ppo.policyLoss(terms, .2).item();
  }

  private static Tensor row(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(floats, 1, floats.length);
  }
}

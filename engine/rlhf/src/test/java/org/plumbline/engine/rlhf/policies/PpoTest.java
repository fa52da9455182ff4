// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.dsl.model.policy.ScheduleSpec;
import org.plumbline.dsl.model.training.SamplingSpec;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.policygradient.Counted;
import org.plumbline.engine.rlhf.policygradient.Methods;
import org.plumbline.engine.rlhf.policygradient.Surrogate;
import org.plumbline.engine.rlhf.training.Loss;

class PpoTest {
  private static final PolicySpec.Ppo SETTINGS =
      new PolicySpec.Ppo(
          "base",
          "rm",
          "prompts",
          Methods.kl(.1),
          new ScheduleSpec(1, 1),
          1,
          1,
          1e-3,
          .2,
          .2,
          .1,
          .95,
          1,
          new RolloutSpec(0, new SamplingSpec(1, 1)));

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
              Counted.all(mask));

      assertThat((double) Ppo.policyLoss(terms, .2).item())
          .isCloseTo(Vectors.number("4.ppo", "pg_loss"), within(1e-5));
      assertThat((double) Ppo.valueLoss(terms, .2).item())
          .isCloseTo(Vectors.number("4.ppo", "vf_loss"), within(1e-5));
      Tensor ratio = terms.logRatio().exp();
      assertClose(ratio, "ratio");
      assertClose(Surrogate.clipped(ratio, terms.advantages(), .2), "pg_terms");
      Loss loss = Ppo.loss(terms, SETTINGS);
      assertThat((double) loss.value().item())
          .isCloseTo(Vectors.number("4.ppo", "total(vf .1)"), within(1e-5));
      assertThat(loss.logged().get("clip_share"))
          .isCloseTo(Vectors.number("4.ppo", "clipfrac"), within(1e-6));
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

  private static void assertClose(Tensor tensor, String name) {
    float[] values = tensor.toFloatArray();
    double[] expected = Vectors.list("4.ppo", name);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) values[i]).as(name).isCloseTo(expected[i], within(1e-5));
    }
  }

  private static double surrogate(double ratio, double advantage) {
    Tensor none = row(0);
    Surrogate.Terms terms =
        new Surrogate.Terms(
            row(StrictMath.log(ratio)),
            none,
            row(advantage),
            none,
            none,
            none,
            Counted.all(Tensor.ones(1, 1)));
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

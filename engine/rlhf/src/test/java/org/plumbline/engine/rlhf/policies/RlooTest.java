// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.Slopes;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.policygradient.Counted;
import org.plumbline.engine.rlhf.policygradient.Surrogate;
import org.plumbline.engine.rlhf.training.Loss;

class RlooTest {
  private static final float[] MASK = {1, 1, 1, 1, 0, 0};
  private static final float[] OLD = {-1, -2, -.5f, -1, 0, 0};

  /** Two answers, of three tokens and of one. */
  private static Surrogate.Terms terms(Tensor logProbs, float first, float second) {
    Tensor advantages = rows(new float[] {first, first, first, second, 0, 0});
    Tensor none = rows(new float[6]);
    return new Surrogate.Terms(
        logProbs, rows(OLD), advantages, none, none, none, Counted.all(rows(MASK)));
  }

  private static Tensor rows(float[] values) {
    return Tensor.of(values, 2, 3);
  }

  @Test
  void gradientOfTheFirstPassIsThatOfReinforce() {
    float[] slopes =
        Slopes.of(
            leaves -> Rloo.loss(terms(leaves.get(0).reshape(2, 3), 1.5f, -.5f), .2).value(), OLD)[
            0];

    // -A per token of the answer, over two answers
    assertThat(slopes).containsExactly(-.75f, -.75f, -.75f, .25f, 0, 0);
  }

  @Test
  void theRatioIsThatOfTheWholeAnswerAndClippedAsSuch() {
    float[] now = {-.9f, -1.9f, -.4f, -1.1f, 0, 0}; // sums: +0.3 and -0.1
    try (TensorScope scope = TensorScope.open()) {
      Loss loss = Rloo.loss(terms(rows(now), 2, -1), .2);

      double expected = (-2 * 1.2 + StrictMath.exp(-.1)) / 2; // exp(.3) is beyond 1.2
      assertThat((double) loss.value().item()).isCloseTo(expected, within(1e-5));
      assertThat(loss.logged().get("clip_share")).isEqualTo(.5);
    }
  }

  @Test
  void clippingStopsTheGradientOfWhatHasMovedEnough() {
    float[] now = {-.9f, -1.9f, -.4f, -1.1f, 0, 0};

    float[] slopes =
        Slopes.of(leaves -> Rloo.loss(terms(leaves.get(0).reshape(2, 3), 2, -1), .2).value(), now)[
            0];

    assertThat(slopes[0]).isZero();
    assertThat((double) slopes[3]).isCloseTo(StrictMath.exp(-.1) / 2, within(1e-5));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.Slopes;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.policygradient.Counted;
import org.plumbline.engine.rlhf.policygradient.Surrogate;

class ReinforceTest {
  private static final float[] MASK = {1, 1, 1, 1, 0, 0};
  private static final float[] LOG_PROBS = {-1, -2, -.5f, -1, 0, 0};
  private static final float[] ADVANTAGES = {1.5f, 1.5f, 1.5f, -.5f, 9, 9};

  @Test
  void theGradientIsTheAdvantageOfTheAnswerAtEachOfItsTokens() {
    float[] slopes =
        Slopes.of(leaves -> Reinforce.loss(terms(leaves.get(0))).value(), LOG_PROBS)[0];

    assertThat(slopes)
        .containsExactly(new float[] {-.75f, -.75f, -.75f, .25f, 0, 0}, within(1e-6f));
  }

  @Test
  void reinforcePlusPlusHasTheSameDirectionsOnTheFirstPassAveragedOverTokens() {
    float[] slopes =
        Slopes.of(leaves -> ReinforcePlusPlus.loss(terms(leaves.get(0)), .2).value(), LOG_PROBS)[0];

    assertThat(slopes)
        .containsExactly(new float[] {-.375f, -.375f, -.375f, .125f, 0, 0}, within(1e-6f));
  }

  @Test
  void reinforcePlusPlusStopsWhereTheRatioOfATokenHasMovedEnough() {
    float[] moved = LOG_PROBS.clone();
    moved[0] += .3f; // good, and beyond 1.2
    moved[3] -= .3f; // bad, and below 0.8

    float[] slopes =
        Slopes.of(leaves -> ReinforcePlusPlus.loss(terms(leaves.get(0)), .2).value(), moved)[0];

    assertThat(slopes[0]).isZero();
    assertThat(slopes[1]).isEqualTo(-.375f);
    assertThat(slopes[3]).isZero();
  }

  /** Two answers, of three tokens and of one. */
  private static Surrogate.Terms terms(Tensor logProbs) {
    Tensor none = Tensor.zeros(2, 3);
    return new Surrogate.Terms(
        logProbs.reshape(2, 3),
        Tensor.of(LOG_PROBS, 2, 3),
        Tensor.of(ADVANTAGES, 2, 3),
        none,
        none,
        none,
        Counted.all(Tensor.of(MASK, 2, 3)));
  }
}

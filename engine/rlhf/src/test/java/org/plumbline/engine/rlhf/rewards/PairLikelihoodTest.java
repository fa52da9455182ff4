// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.dsl.model.reward.RewardSpec.NoiseCorrection;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.numerics.Logistic;

class PairLikelihoodTest {
  private static final PairLikelihood FORWARD = new PairLikelihood(0, .3, NoiseCorrection.FORWARD);
  private static final PairLikelihood UNBIASED =
      new PairLikelihood(0, .3, NoiseCorrection.UNBIASED);

  @Test
  void marginMatchesTheWorkedExample() {
    PairLikelihood third = new PairLikelihood(1 / 3.0, 0, NoiseCorrection.FORWARD);

    assertThat(loss(third, .5, 1))
        .isCloseTo(Vectors.number("3.bt_margin", "margin1/3"), within(1e-6));
  }

  @Test
  void bothCorrectionsFindTheGapThatNoiseHides() {
    double gap = 2;
    double right = Logistic.sigmoid(gap);
    double votes = (1 - .3) * right + .3 * (1 - right); // what is seen in the limit

    assertThat(lowest(PairLikelihood.PLAIN, votes))
        .isCloseTo(Vectors.number("G.noise", "gap_learned(true gap 2, flip .3)"), within(.005));
    assertThat(lowest(FORWARD, votes)).isCloseTo(gap, within(.005));
    assertThat(lowest(UNBIASED, votes)).isCloseTo(gap, within(.005));
  }

  @Test
  void unbiasedLossOfNoisyLabelsIsOnAverageThatOfRightOnes() {
    for (double gap : new double[] {-3, -.2, 0, 1, 4}) {
      double noisy = .7 * loss(UNBIASED, gap, 1) + .3 * loss(UNBIASED, gap, 0);

      assertThat(noisy).isCloseTo(loss(PairLikelihood.PLAIN, gap, 1), within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .1, .49})
  void probabilitiesOfBothLabelsSumToOneAndAreThoseOfTheLoss(double noise) {
    PairLikelihood likelihood = new PairLikelihood(0, noise, NoiseCorrection.FORWARD);
    for (double gap : new double[] {-40, -1, 0, .5, 40}) {
      assertThat(likelihood.probability(gap) + likelihood.probability(-gap))
          .isCloseTo(1, within(1e-12));
      assertThat(StrictMath.exp(-loss(likelihood, gap, 1)))
          .isCloseTo(likelihood.probability(gap), within(1e-6));
    }
  }

  @Test
  void votesTurnedRoundMirrorTheLoss() {
    PairLikelihood all = new PairLikelihood(.4, .2, NoiseCorrection.FORWARD);

    assertThat(loss(all, 1.3, .8)).isCloseTo(loss(all, -1.3, .2), within(1e-6));
  }

  /** The gap at which the loss is least, by halving. */
  private static double lowest(PairLikelihood likelihood, double votes) {
    double low = -6;
    double high = 6;
    while (high - low > 1e-4) {
      double middle = (low + high) / 2;
      double rise = loss(likelihood, middle + .05, votes) - loss(likelihood, middle - .05, votes);
      if (rise > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static double loss(PairLikelihood likelihood, double gap, double target) {
    try (TensorScope scope = TensorScope.open()) {
      return likelihood.loss(one(gap), one(target)).item();
    }
  }

  private static Tensor one(double value) {
    return Tensor.of(new float[] {(float) value});
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.reward.RewardSpec;
import org.plumbline.dsl.model.reward.RewardSpec.NoiseCorrection;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.losses.PairLosses;
import org.plumbline.engine.rlhf.numerics.Logistic;

/**
 * How likely a label is, given by how much one answer scores higher than the other.
 *
 * <p>With d the gap of the scores, t the share of votes for the first answer, m the margin and e
 * the known share of labels that are the wrong way round:
 *
 * <pre>{@code
 * L = t f(d - m) + (1 - t) f(-d - m)
 * f(z) = -log sigmoid(z)                                                      without noise
 * f(z) = -log((1 - e) sigmoid(z) + e sigmoid(-z))                             forward
 * f(z) = (-(1 - e) log sigmoid(z) + e log sigmoid(-z)) / (1 - 2 e)            unbiased
 * }</pre>
 *
 * <p>The margin is that of Touvron et al. 2023 (Llama 2), arXiv:2307.09288, equation 2, the same
 * for all pairs. Forward: the label's own likelihood (Christiano et al. 2017, arXiv:1706.03741,
 * section 2.2.3; Patrini et al. 2017, arXiv:1609.03683). Unbiased: its mean over labels is the loss
 * of right labels (Natarajan et al. 2013; Chowdhury et al. 2024, arXiv:2403.00409, equation 12); it
 * has no lower bound, so a model that can tell all pairs apart is driven to ever larger gaps.
 *
 * @param margin m, by which the preferred answer is to score higher
 * @param labelNoise e, below one half; 0 for labels that are right
 * @param correction how noise is allowed for
 */
record PairLikelihood(double margin, double labelNoise, NoiseCorrection correction) {

  /** Labels that are right, without a margin: Bradley and Terry's own. */
  static final PairLikelihood PLAIN = new PairLikelihood(0, 0, NoiseCorrection.FORWARD);

  static PairLikelihood of(RewardSpec.BradleyTerry settings) {
    NoiseCorrection correction = settings.noiseCorrection();
    return new PairLikelihood(
        orZero(settings.margin()),
        orZero(settings.labelNoise()),
        correction == null ? NoiseCorrection.FORWARD : correction);
  }

  private static double orZero(@Nullable Double number) {
    return number == null ? 0 : number;
  }

  /**
   * The loss of each pair.
   *
   * @param gap d, [pairs]
   * @param target t, [pairs]
   */
  Tensor loss(Tensor gap, Tensor target) {
    if (margin == 0 && labelNoise == 0) {
      return PairLosses.logistic(gap, target);
    }
    Tensor first = label(gap.sub((float) margin)).mul(target);
    Tensor second = label(gap.neg().sub((float) margin)).mul(target.neg().add(1f));
    return first.add(second);
  }

  private Tensor label(Tensor gap) {
    if (labelNoise == 0) {
      return PairLosses.logistic(gap);
    }
    return switch (correction) {
      case FORWARD ->
          gap.sigmoid().mul((float) (1 - 2 * labelNoise)).add((float) labelNoise).log().neg();
      case UNBIASED -> PairLosses.robust(gap, labelNoise);
    };
  }

  /** The probability that a label says the first answer; the margin only shapes the fit. */
  double probability(double gap) {
    double right = Logistic.sigmoid(gap);
    return labelNoise == 0 ? right : (1 - 2 * labelNoise) * right + labelNoise;
  }
}

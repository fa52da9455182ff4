// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.training.Loss;

/** The loss of a step, as some of its answers contribute to it; its gradient moves the policy. */
@FunctionalInterface
public interface Surrogate {

  /** Log-ratios beyond this are cut before they are exponentiated, as verl and OpenRLHF do. */
  float LARGEST_LOG_RATIO = 20;

  /** The loss without the entropy bonus, and what is logged beside it. */
  Loss of(Terms terms);

  /**
   * What losses are made of, all [batch, time-1]; zero outside answers.
   *
   * @param logProbs of the tokens under the policy as it is now
   * @param old the same when the answers were sampled
   * @param advantages of the tokens
   * @param values the value head's estimates as it is now
   * @param oldValues the same when the answers were sampled
   * @param returns what the value head is fitted to
   * @param counted which tokens count, and of how many
   */
  record Terms(
      Tensor logProbs,
      Tensor old,
      Tensor advantages,
      Tensor values,
      Tensor oldValues,
      Tensor returns,
      Counted counted) {

    /** 1 where a token counts. */
    public Tensor mask() {
      return counted.mask();
    }

    /** log(pi / pi_old) of each token, cut where it is absurd. */
    public Tensor logRatio() {
      return logProbs.sub(old).clamp(-LARGEST_LOG_RATIO, LARGEST_LOG_RATIO);
    }
  }

  /** The clipped surrogate: -min(A ratio, A clip(ratio, 1 - clip, 1 + clip)), elementwise. */
  static Tensor clipped(Tensor ratio, Tensor advantages, double clip) {
    return clipped(ratio, advantages, clip, clip);
  }

  /** The same with another clip above 1 than below. */
  static Tensor clipped(Tensor ratio, Tensor advantages, double low, double high) {
    Tensor against = advantages.neg();
    Tensor cut = ratio.clamp((float) (1 - low), (float) (1 + high));
    return against.mul(ratio).maximum(against.mul(cut));
  }

  /** 1 where a ratio is outside of the clip. */
  static Tensor outside(Tensor ratio, double clip) {
    return ratio.sub(1f).abs().greater((float) clip);
  }

  /** The same with another clip above 1 than below. */
  static Tensor outside(Tensor ratio, double low, double high) {
    Tensor moved = ratio.sub(1f);
    return moved.greater((float) high).add(moved.less(Tensor.scalar(-low)));
  }
}

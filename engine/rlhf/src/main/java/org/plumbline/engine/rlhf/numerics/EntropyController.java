// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import org.jspecify.annotations.Nullable;

/**
 * The weight of the entropy bonus: fixed, or steered so that the entropy comes near a target.
 *
 * <p>He et al., "Skywork Open Reasoner 1 Technical Report", 2025, arXiv:2505.22312, section 4.2, as
 * in TRL: after each update the weight grows by 0.005 if the entropy was below the target, and
 * falls by as much, to no less than 0, if it was above.
 *
 * @param coefficient the weight
 * @param target nats per token that it steers to; null for a fixed weight
 */
public record EntropyController(double coefficient, @Nullable Double target) {
  private static final double STEP = 0.005;

  /** The controller after answers with this mean entropy per token. */
  public EntropyController after(double entropy) {
    Double aim = target;
    if (aim == null || entropy == aim) {
      return this;
    }
    double step = entropy < aim ? STEP : -STEP;
    return new EntropyController(Math.max(0, coefficient + step), aim);
  }
}

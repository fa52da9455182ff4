// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import org.jspecify.annotations.Nullable;

/**
 * The coefficient of the KL term: fixed, or steered so that the divergence comes near a target.
 *
 * <p>Ziegler et al., "Fine-Tuning Language Models from Human Preferences", 2019, arXiv:1909.08593,
 * section 2.2, as in its code (AdaptiveKLController):
 *
 * <pre>{@code
 * e    = clip(KL / target - 1, -0.2, 0.2)
 * beta = beta (1 + e n / horizon)
 * }</pre>
 *
 * @param coefficient beta, reward per nat
 * @param target nats per answer that it steers to; null for a fixed coefficient
 * @param horizon how slowly it moves, in answers
 */
public record KlController(double coefficient, @Nullable Double target, double horizon) {

  /** The controller after a batch of answers with this mean divergence per answer. */
  public KlController after(double divergence, int answers) {
    Double aim = target;
    if (aim == null) {
      return this;
    }
    double error = Math.max(-0.2, Math.min(0.2, divergence / aim - 1));
    return new KlController(coefficient * (1 + error * answers / horizon), aim, horizon);
  }
}

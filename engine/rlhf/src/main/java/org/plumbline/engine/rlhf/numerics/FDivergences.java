// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import org.plumbline.dsl.model.policy.ConditionedPolicySpec.Divergence;

/**
 * Divergences of a policy pi from its target p, as functions of t = pi / p at single answers.
 *
 * <p>Go et al., "Aligning Language Models with Preferences through f-divergence Minimization", ICML
 * 2023, arXiv:2302.08215, theorem 1 and table 1:
 *
 * <pre>{@code
 * D  = E_p[f(pi / p)],   grad D = E_pi[f'(t) grad log pi]
 *
 *                f'(t)                        f(t) / t, whose mean over pi is D
 * KL(p, pi)      -1/t                         -log t / t
 * KL(pi, p)      1 + log t                    log t
 * JS             log(2t / (1 + t))            log(2t / (1 + t)) + log(2 / (1 + t)) / t
 * TV             sign(log t) / 2              |1 - 1/t| / 2
 * chi^2(p, pi)   1 - 1/t^2                    1/t^2 - 1, up to a constant in f
 * }</pre>
 *
 * <p>JS is the sum of the divergences of both from their mean, without the half.
 */
public final class FDivergences {
  private FDivergences() {}

  /** What takes the reward's place in a policy gradient: -f'(t). */
  public static double pseudoReward(Divergence divergence, double logT) {
    return switch (divergence) {
      case FORWARD_KL -> StrictMath.exp(-logT);
      case REVERSE_KL -> -(1 + logT);
      case JS -> Logistic.softplus(-logT) - StrictMath.log(2);
      case TV -> -.5 * Math.signum(logT);
      case CHI_SQUARED -> StrictMath.exp(-2 * logT) - 1;
    };
  }

  /** A number whose mean over the policy's answers is the divergence. */
  public static double term(Divergence divergence, double logT) {
    double over = StrictMath.exp(-logT); // p / pi
    return switch (divergence) {
      case FORWARD_KL -> over == 0 ? 0 : -logT * over;
      case REVERSE_KL -> logT;
      case JS ->
          StrictMath.log(2)
              - Logistic.softplus(-logT)
              + (over == 0 ? 0 : over * (StrictMath.log(2) - Logistic.softplus(logT)));
      case TV -> .5 * Math.abs(1 - over);
      case CHI_SQUARED -> over * over - 1;
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.dsl.model.policy.RolloutSpec;
import org.plumbline.engine.rlhf.policygradient.Critic;
import org.plumbline.engine.rlhf.policygradient.Draws;
import org.plumbline.engine.rlhf.policygradient.PolicyGradient;
import org.plumbline.engine.rlhf.policygradient.TokenMean;
import org.plumbline.engine.rlhf.policygradient.TowardsTarget;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * f-DPG: approaches the optimum of reward minus divergence under any f-divergence.
 *
 * <p>Go, Korbak, Kruszewski, Rozen, Ryu, Dymetman, "Aligning Language Models with Preferences
 * through f-divergence Minimization", ICML 2023, arXiv:2302.08215, theorem 1 and algorithm 1. With
 * the target p(y|x) = ref(y|x) exp(r(x, y) / beta) / Z(x), ref the policy before the first update,
 * the mean over the answers of
 *
 * <pre>{@code
 * L = f'(pi(y|x) / p(y|x)) log pi(y|x)          f' without gradient
 * }</pre>
 *
 * <p>whose gradient is that of E_p[f(pi / p)]; f' for each divergence is in {@link
 * org.plumbline.engine.rlhf.numerics.FDivergences}.
 *
 * <p>Choices the paper leaves open: those of {@link PolicyGradient}; each update is one step on all
 * of its answers; the target is of what the models say at the sampling temperature.
 *
 * <p>Differs from the paper: Z is estimated from the answers to the prompt in the update, and the
 * baseline is their mean ({@link TowardsTarget}), not that of the last 1024 pseudo-rewards.
 */
public final class FDpg implements Stage {

  @Override
  public String operation() {
    return "f_dpg";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicyGradient.train(context, method(context.settings(ConditionedPolicySpec.FDpg.class)));
  }

  /** The method in terms of the loop. */
  static PolicyGradient.Settings method(ConditionedPolicySpec.FDpg settings) {
    return new PolicyGradient.Settings(
        "f_dpg",
        settings.schedule(),
        Draws.of(settings.groupSize()),
        new PolicyGradient.Passes(1, 1),
        settings.learningRate(),
        new RolloutSpec(0, settings.sampling()),
        charged(settings.beta()),
        Critic.NONE,
        new TowardsTarget(settings.groupSize(), settings.beta(), settings.divergence()),
        Reinforce::loss,
        TokenMean.SUMS);
  }

  /** Beta for each nat, as the reward is charged whose optimum the target is. */
  private static Regularizers charged(double beta) {
    return new Regularizers(
        new Regularizers.Kl(
            beta, null, 1, null, Regularizers.Estimator.K1, Regularizers.Placement.REWARD),
        0,
        null);
  }
}

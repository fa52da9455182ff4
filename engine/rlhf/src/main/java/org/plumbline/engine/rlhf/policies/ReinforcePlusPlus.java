// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.policygradient.Advantages;
import org.plumbline.engine.rlhf.policygradient.Critic;
import org.plumbline.engine.rlhf.policygradient.Draws;
import org.plumbline.engine.rlhf.policygradient.PolicyGradient;
import org.plumbline.engine.rlhf.policygradient.Surrogate;
import org.plumbline.engine.rlhf.policygradient.TokenMean;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * REINFORCE with rewards of tokens, advantages normalised over the whole batch, and PPO's clip: PPO
 * without a value head.
 *
 * <p>Hu, "REINFORCE++: A Simple and Efficient Approach for Aligning Large Language Models", 2025,
 * arXiv:2501.03262. With the rewards r of {@link PolicyGradient} and rho = pi / pi_old, the mean
 * over the tokens of a minibatch of
 *
 * <pre>{@code
 * A_t = r_t + r_t+1 + .. + r_T, less their mean and divided by their deviation over all tokens of the update
 * L   = max(-A rho, -A clip(rho, 1 - e, 1 + e)) - c_e H
 * }</pre>
 *
 * <p>With a group baseline A_t is, before it is normalised, the whole answer's reward less the mean
 * over the prompt's answers, for every token the same.
 *
 * <p>Choices the paper leaves open: those of {@link PolicyGradient}; the deviation is the
 * population's; the group's mean has the divergence in it.
 *
 * <p>Differs from verl and OpenRLHF: they divide by n - 1.
 */
public final class ReinforcePlusPlus implements Stage {

  @Override
  public String operation() {
    return "reinforce_plus_plus";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicyGradient.train(
        context, method(context.settings(OnlinePolicySpec.ReinforcePlusPlus.class)));
  }

  /** The method in terms of the loop. */
  public static PolicyGradient.Settings method(OnlinePolicySpec.ReinforcePlusPlus settings) {
    return new PolicyGradient.Settings(
        "reinforce_plus_plus",
        settings.schedule(),
        Draws.of(settings.groupSize()),
        new PolicyGradient.Passes(settings.epochs(), settings.minibatches()),
        settings.learningRate(),
        settings.rollout(),
        settings.regularizers(),
        Critic.NONE,
        Advantages.normalised(settings.groupSize()),
        terms -> loss(terms, settings.clip()),
        TokenMean.TOKENS);
  }

  /** The clipped surrogate, averaged over the tokens of the minibatch. */
  static Loss loss(Surrogate.Terms terms, double clip) {
    Tensor ratio = terms.logRatio().exp();
    Tensor policy =
        TokenMean.TOKENS.of(Surrogate.clipped(ratio, terms.advantages(), clip), terms.counted());
    Tensor outside = TokenMean.TOKENS.of(Surrogate.outside(ratio, clip, clip), terms.counted());
    return Loss.of(policy).log("policy_loss", policy).log("clip_share", outside);
  }
}

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
 * Group relative policy optimisation: PPO's clip, and advantages relative to the prompt's other
 * answers in place of a value head.
 *
 * <p>Shao et al., "DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language
 * Models", 2024, arXiv:2402.03300, equation 3; without the deviation and with a constant length Liu
 * et al., "Understanding R1-Zero-Like Training: A Critical Perspective", COLM 2025,
 * arXiv:2503.20783, section 3.2 (Dr. GRPO); the other options are those of Yu et al., "DAPO: An
 * Open-Source LLM Reinforcement Learning System at Scale", 2025, arXiv:2503.14476, section 3. With
 * R the whole reward of {@link PolicyGradient}, rho = pi / pi_old at a token, and G the prompt's
 * answers:
 *
 * <pre>{@code
 * A = (R - mean of R over G) / (deviation of R over G + 1e-4), for every token of the answer
 * l = max(-A rho, -A clip(rho, 1 - e, 1 + e_high)), and for A < 0 no more than -A c
 * L = mean over the answers of the mean over their tokens of l, or another mean
 * }</pre>
 *
 * <p>Choices the papers leave open: those of {@link PolicyGradient}; the deviation divides by n -
 * 1, and 1e-4 is added to it, as in TRL; answers without an end count in their group's mean also
 * where they are left out of the loss; the divergence is in the reward unless the settings place it
 * in the loss, where the paper has it.
 *
 * <p>Differs from TRL's GRPOTrainer: the mean is the paper's (TRL: DAPO's), and the divergence
 * costs 0.05 a nat (TRL: nothing).
 */
public final class Grpo implements Stage {

  @Override
  public String operation() {
    return "grpo";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicyGradient.train(context, method(context.settings(OnlinePolicySpec.Grpo.class)));
  }

  /** The method in terms of the loop. */
  public static PolicyGradient.Settings method(OnlinePolicySpec.Grpo settings) {
    TokenMean mean =
        switch (settings.aggregation()) {
          case SEQUENCE_MEAN -> TokenMean.ANSWERS;
          case TOKEN_MEAN -> TokenMean.TOKENS;
          case CONSTANT -> TokenMean.constant(settings.rollout().sampling().maxNewTokens());
        };
    return new PolicyGradient.Settings(
        "grpo",
        settings.schedule(),
        new Draws(
            settings.groupSize(),
            false,
            settings.dynamicSampling(),
            settings.overlongFilter(),
            settings.overlongCache()),
        new PolicyGradient.Passes(settings.epochs(), settings.minibatches()),
        settings.learningRate(),
        settings.rollout(),
        settings.regularizers(),
        Critic.NONE,
        Advantages.groupRelative(settings.groupSize(), settings.scale()),
        terms -> loss(terms, settings, mean),
        mean);
  }

  /** The clipped surrogate. */
  static Loss loss(Surrogate.Terms terms, OnlinePolicySpec.Grpo settings, TokenMean mean) {
    double high = settings.clipHigh() == null ? settings.clip() : settings.clipHigh();
    Tensor ratio = terms.logRatio().exp();
    Tensor tokens = Surrogate.clipped(ratio, terms.advantages(), settings.clip(), high);
    if (settings.dualClip() != null) {
      Tensor most = terms.advantages().neg().mul(settings.dualClip().floatValue());
      Tensor good = terms.advantages().greater(0f);
      tokens = Tensor.where(good, tokens, tokens.minimum(most));
    }
    Tensor policy = mean.of(tokens, terms.counted());
    Tensor outside =
        TokenMean.TOKENS.of(Surrogate.outside(ratio, settings.clip(), high), terms.counted());
    return Loss.of(policy).log("policy_loss", policy).log("clip_share", outside);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import org.plumbline.dsl.model.policy.PolicySpec;
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
 * Proximal policy optimisation of a language model against a reward, kept near a reference.
 *
 * <p>Schulman et al., "Proximal Policy Optimization Algorithms", 2017, arXiv:1707.06347, equations
 * 7 and 9; for language models Ziegler et al. 2019, arXiv:1909.08593, equation 2, and Stiennon et
 * al. 2020, arXiv:2009.01325. With the rewards of {@link PolicyGradient}, advantages A by GAE,
 * whitened over the batch, and rho = pi / pi_old, the mean over the tokens of a minibatch of
 *
 * <pre>{@code
 * L   = max(-A rho, -A clip(rho, 1 - e, 1 + e)) + c_v L_v - c_e H
 * L_v = 1/2 max((V - G)^2, (clip(V, V_old - e_v, V_old + e_v) - G)^2),  G = A_unwhitened + V_old
 * }</pre>
 *
 * <p>Choices the papers leave open: those of {@link PolicyGradient}; policy and value head share
 * the trunk, or the value model is a copy of the policy with an optimiser of its own, in which case
 * it takes a step of L_v after each of the policy's, on the same minibatch; the head starts at
 * zero; whitening divides by the population's deviation.
 *
 * <p>Differs from lm-human-preferences: rewards are not whitened and epsilon is in PyTorch's place.
 * Differs from TRL's PPOTrainer: the value head shares the policy's trunk unless told otherwise, a
 * separate one starts from the policy and not from the reward model, and the variance is the
 * population's.
 */
public final class Ppo implements Stage {

  @Override
  public String operation() {
    return "ppo";
  }

  @Override
  public int version() {
    return 6;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicyGradient.train(context, method(context.settings(PolicySpec.Ppo.class)));
  }

  /** The method in terms of the loop. */
  public static PolicyGradient.Settings method(PolicySpec.Ppo settings) {
    return new PolicyGradient.Settings(
        "ppo",
        settings.schedule(),
        Draws.of(1),
        new PolicyGradient.Passes(settings.epochs(), settings.minibatches()),
        settings.learningRate(),
        settings.rollout(),
        settings.regularizers(),
        critic(settings),
        Advantages.generalised(settings.gamma(), settings.gaeLambda()),
        terms -> loss(terms, settings),
        TokenMean.TOKENS);
  }

  private static Critic critic(PolicySpec.Ppo settings) {
    if (!separate(settings)) {
      return Critic.HEAD;
    }
    Double rate = settings.valueLearningRate();
    return Critic.separate(
        terms -> {
          Tensor value = valueLoss(terms, settings.valueClip());
          return Loss.of(value).log("value_loss", value);
        },
        rate == null ? settings.learningRate() : rate);
  }

  private static boolean separate(PolicySpec.Ppo settings) {
    return settings.valueModel() == PolicySpec.ValueModel.SEPARATE;
  }

  /** Equation 9 without the entropy bonus; without L_v, too, if that is learned by itself. */
  static Loss loss(Surrogate.Terms terms, PolicySpec.Ppo settings) {
    Tensor policy = policyLoss(terms, settings.clip());
    Tensor outside = Surrogate.outside(terms.logRatio().exp(), settings.clip());
    Loss loss = Loss.of(policy).log("policy_loss", policy);
    if (!separate(settings)) {
      Tensor value = valueLoss(terms, settings.valueClip());
      Tensor both = policy.add(value.mul((float) settings.valueCoefficient()));
      loss = new Loss(both, loss.logged()).log("value_loss", value);
    }
    return loss.log("clip_share", TokenMean.TOKENS.of(outside, terms.counted()));
  }

  /** The clipped surrogate, averaged over the tokens of the minibatch. */
  static Tensor policyLoss(Surrogate.Terms terms, double clip) {
    Tensor ratio = terms.logRatio().exp();
    return TokenMean.TOKENS.of(Surrogate.clipped(ratio, terms.advantages(), clip), terms.counted());
  }

  /** The clipped squared error of the value head, averaged over the tokens of the minibatch. */
  static Tensor valueLoss(Surrogate.Terms terms, double clip) {
    Tensor moved = terms.values().sub(terms.oldValues()).clamp((float) -clip, (float) clip);
    Tensor plain = terms.values().sub(terms.returns()).square();
    Tensor clipped = terms.oldValues().add(moved).sub(terms.returns()).square();
    return TokenMean.TOKENS.of(plain.maximum(clipped), terms.counted()).mul(0.5f);
  }
}

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
 * REINFORCE on whole answers with a leave-one-out baseline: no value head, several answers to each
 * prompt.
 *
 * <p>Ahmadian et al., "Back to Basics: Revisiting REINFORCE Style Optimization for Learning from
 * Human Feedback in LLMs", ACL 2024, arXiv:2402.14740, sections 3.2 and 3.3. With R_i the sum of
 * the rewards of {@link PolicyGradient} over the tokens of answer i, k answers per prompt, and
 * rho_i = pi(y_i|x) / pi_old(y_i|x) of the whole answer, the mean over the answers of a minibatch
 * of
 *
 * <pre>{@code
 * A_i = R_i - 1/(k-1) sum of R_j over the prompt's other answers
 * L   = max(-A_i rho_i, -A_i clip(rho_i, 1 - e, 1 + e)) - c_e H
 * }</pre>
 *
 * <p>In the first step of an update rho is 1 and the gradient that of the paper, -A_i grad log
 * pi(y_i|x); the clip matters only with several epochs or minibatches.
 *
 * <p>Choices the paper leaves open: those of {@link PolicyGradient}; advantages are not normalised;
 * the ratio is that of the summed log-probabilities, as in TRL's RLOOTrainer.
 */
public final class Rloo implements Stage {

  @Override
  public String operation() {
    return "rloo";
  }

  @Override
  public int version() {
    return 4;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicyGradient.train(context, method(context.settings(OnlinePolicySpec.Rloo.class)));
  }

  /** The method in terms of the loop. */
  public static PolicyGradient.Settings method(OnlinePolicySpec.Rloo settings) {
    return new PolicyGradient.Settings(
        "rloo",
        settings.schedule(),
        Draws.of(settings.groupSize()),
        new PolicyGradient.Passes(settings.epochs(), settings.minibatches()),
        settings.learningRate(),
        settings.rollout(),
        settings.regularizers(),
        Critic.NONE,
        Advantages.leaveOneOut(settings.groupSize()),
        terms -> loss(terms, settings.clip()),
        TokenMean.SUMS);
  }

  /** The clipped surrogate on whole answers, averaged over them. */
  static Loss loss(Surrogate.Terms terms, double clip) {
    float most = Surrogate.LARGEST_LOG_RATIO;
    Tensor moved = terms.logProbs().sub(terms.old()).maskedSum(terms.mask(), 1); // [batch]
    Tensor ratio = moved.clamp(-most, most).exp();
    Tensor advantages = terms.advantages().maskedMean(terms.mask(), 1);
    Tensor policy = terms.counted().mean(Surrogate.clipped(ratio, advantages, clip));
    return Loss.of(policy)
        .log("policy_loss", policy)
        .log("clip_share", terms.counted().mean(Surrogate.outside(ratio, clip)));
  }
}

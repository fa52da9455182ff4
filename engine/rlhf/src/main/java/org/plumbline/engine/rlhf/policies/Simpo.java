// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.losses.PairLosses;
import org.plumbline.engine.rlhf.preference.PairScores;
import org.plumbline.engine.rlhf.preference.PreferenceTraining;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Simple preference optimisation: as {@link Dpo} with the mean log-likelihood as the implicit
 * reward, a margin, and no reference.
 *
 * <p>Meng, Xia, Chen, "SimPO: Simple Preference Optimization with a Reference-Free Reward", NeurIPS
 * 2024, arXiv:2405.14734, equation 6. With a the log-probability of an answer averaged over its
 * tokens:
 *
 * <pre>{@code
 * d = a(y_w|x) - a(y_l|x)
 * L = -log sigmoid(beta d - gamma)
 * }</pre>
 *
 * <p>With a share p of votes for y_w the loss is its expectation over the votes: each asks for the
 * margin on its own side,
 *
 * <pre>{@code
 * L = -p log sigmoid(beta d - gamma) - (1 - p) log sigmoid(-beta d - gamma)
 * }</pre>
 *
 * <p>Choices the paper leaves open: those of {@link PreferenceTraining}. Nothing holds the policy
 * in its language but the learning rate.
 *
 * <p>Differs from TRL's CPOTrainer with {@code loss_type: simpo}: that has gamma 0.5, and 1 times
 * the negative log-likelihood beside it unless {@code cpo_alpha} is 0; and a soft target per pair.
 */
public final class Simpo implements Stage {

  @Override
  public String operation() {
    return "simpo";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PreferencePolicySpec.Simpo settings = context.settings(PreferencePolicySpec.Simpo.class);
    PreferenceTraining.fit(
        context,
        new PreferenceTraining.Settings(
            operation(), settings.fitting(), PreferenceTraining.Reference.NONE),
        pairs -> loss(pairs, settings));
  }

  /** The mean loss of some pairs, equation 6 with soft targets. */
  static Loss loss(PairScores pairs, PreferencePolicySpec.Simpo settings) {
    Tensor chosen = pairs.chosen().meanLogProb().mul((float) settings.beta()); // [pairs]
    Tensor rejected = pairs.rejected().meanLogProb().mul((float) settings.beta());
    Tensor gap = chosen.sub(rejected); // beta d
    float gamma = (float) settings.margin();
    Tensor right = PairLosses.logistic(gap.sub(gamma));
    Tensor wrong = PairLosses.logistic(gap.neg().sub(gamma));
    return Loss.mean(PairLosses.expected(right, wrong, pairs.targets(p -> p)))
        .log("accuracy", gap.greater(0f))
        .log("above_margin", gap.greater(gamma))
        .log("margin", gap)
        .log("chosen_reward", chosen)
        .log("rejected_reward", rejected)
        .log("chosen_log_prob", pairs.chosen().logProb())
        .log("rejected_log_prob", pairs.rejected().logProb());
  }
}

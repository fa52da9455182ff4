// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.losses.PairLosses;
import org.plumbline.engine.rlhf.preference.PairScores;
import org.plumbline.engine.rlhf.preference.PreferenceTraining;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Direct Preference Optimization: fits the policy to preferences without a reward model.
 *
 * <p>Rafailov et al., "Direct Preference Optimization: Your Language Model is Secretly a Reward
 * Model", NeurIPS 2023, arXiv:2305.18290, equation 7:
 *
 * <pre>{@code
 * h = (log pi(y_w|x) - log ref(y_w|x)) - (log pi(y_l|x) - log ref(y_l|x))
 * L = -log sigmoid(beta h)
 * }</pre>
 *
 * <p>With a share p of votes for y_w and an assumed share e of wrong labels (conservative DPO,
 * Mitchell 2023, "A note on DPO with noisy preferences and relationship to IPO"), t = p (1 - e) +
 * (1 - p) e and
 *
 * <pre>{@code
 * L = -t log sigmoid(beta h) - (1 - t) log sigmoid(-beta h)
 * }</pre>
 *
 * <p>Choices the papers leave open: those of {@link PreferenceTraining}; log-probabilities are
 * summed over the answer's tokens, not averaged; the reference is the policy before the first step.
 *
 * <p>Differs from TRL's DPOTrainer: a soft target per pair.
 */
public final class Dpo implements Stage {

  @Override
  public String operation() {
    return "dpo";
  }

  @Override
  public int version() {
    return 5;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicySpec.Dpo settings = context.settings(PolicySpec.Dpo.class);
    PreferenceTraining.fit(
        context,
        new PreferenceTraining.Settings(
            operation(), settings.fitting(), PreferenceTraining.Reference.START),
        pairs -> loss(pairs, settings.beta(), settings.labelSmoothing()));
  }

  /**
   * The mean loss of some pairs, equation 7 with soft targets.
   *
   * @param beta scales log-ratios to rewards
   * @param wrong the assumed share of wrong labels
   */
  public static Loss loss(PairScores pairs, double beta, double wrong) {
    Tensor chosen = pairs.chosen().logRatio().mul((float) beta); // [pairs]
    Tensor rejected = pairs.rejected().logRatio().mul((float) beta);
    Tensor gap = chosen.sub(rejected); // beta h
    Tensor target = pairs.targets(p -> p * (1 - wrong) + (1 - p) * wrong);
    return Loss.mean(PairLosses.logistic(gap, target))
        .log("accuracy", gap.greater(0f))
        .log("margin", gap)
        .log("chosen_reward", chosen)
        .log("rejected_reward", rejected)
        .log("chosen_log_prob", pairs.chosen().logProb())
        .log("rejected_log_prob", pairs.rejected().logProb());
  }
}

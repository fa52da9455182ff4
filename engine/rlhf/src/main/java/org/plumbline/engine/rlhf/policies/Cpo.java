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
 * Contrastive preference optimisation: as {@link Dpo} with a uniform distribution in the
 * reference's place, and the likelihood of the preferred answers beside it.
 *
 * <p>Xu et al., "Contrastive Preference Optimization: Pushing the Boundaries of LLM Performance in
 * Machine Translation", ICML 2024, arXiv:2401.08417, equations 3 to 5:
 *
 * <pre>{@code
 * h = log pi(y_w|x) - log pi(y_l|x)
 * L = -log sigmoid(beta h) - alpha log pi(y_w|x), averaged over tokens
 * }</pre>
 *
 * <p>Choices the paper leaves open: those of {@link PreferenceTraining}; the second term is
 * averaged over all tokens of the step's preferred answers, not answer by answer; of a pair on
 * which votes differ the first term has the share of votes as its target, as in {@link Dpo}.
 *
 * <p>Differs from TRL's CPOTrainer: a soft target per pair.
 */
public final class Cpo implements Stage {

  @Override
  public String operation() {
    return "cpo";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PreferencePolicySpec.Cpo settings = context.settings(PreferencePolicySpec.Cpo.class);
    PreferenceTraining.fit(
        context,
        new PreferenceTraining.Settings(
            operation(), settings.fitting(), PreferenceTraining.Reference.NONE),
        pairs -> loss(pairs, settings));
  }

  /** The mean loss of some pairs, equation 5. */
  static Loss loss(PairScores pairs, PreferencePolicySpec.Cpo settings) {
    Tensor chosen = pairs.chosen().logProb(); // [pairs]
    Tensor rejected = pairs.rejected().logProb();
    Tensor gap = chosen.sub(rejected).mul((float) settings.beta()); // beta h
    Tensor preference = PairLosses.logistic(gap, pairs.targets(p -> p));
    Tensor likelihood = pairs.likelihoodLoss();
    return Loss.of(preference.mean().add(likelihood.mul((float) settings.sftWeight())))
        .log("preference_loss", preference)
        .log("likelihood_loss", likelihood)
        .log("accuracy", gap.greater(0f))
        .log("margin", gap)
        .log("chosen_log_prob", chosen)
        .log("rejected_log_prob", rejected);
  }
}

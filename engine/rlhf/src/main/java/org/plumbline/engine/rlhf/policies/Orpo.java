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
 * Odds ratio preference optimisation: supervised learning of the preferred answers, with a penalty
 * on the odds of the others; no reference and no reward model.
 *
 * <p>Hong, Lee, Thorne, "ORPO: Monolithic Preference Optimization without Reference Model", EMNLP
 * 2024, arXiv:2403.07691, equations 4 to 7. With a the log-probability of an answer averaged over
 * its tokens and log odds = a - log(1 - exp(a)):
 *
 * <pre>{@code
 * L = -log pi(y_w|x), averaged over tokens, - lambda log sigmoid(log odds(y_w) - log odds(y_l))
 * }</pre>
 *
 * <p>Choices the paper leaves open: those of {@link PreferenceTraining}; the first term is averaged
 * over all tokens of the step's preferred answers, not answer by answer; of a pair on which votes
 * differ the odds-ratio term has the share of votes as its target, as in {@link Dpo}.
 *
 * <p>Differs from TRL's ORPOTrainer: a soft target per pair; the first term is on answers only.
 */
public final class Orpo implements Stage {

  @Override
  public String operation() {
    return "orpo";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PreferencePolicySpec.Orpo settings = context.settings(PreferencePolicySpec.Orpo.class);
    PreferenceTraining.fit(
        context,
        new PreferenceTraining.Settings(
            operation(), settings.fitting(), PreferenceTraining.Reference.NONE),
        pairs -> loss(pairs, settings.oddsWeight()));
  }

  /** The mean loss of some pairs, equation 6. */
  static Loss loss(PairScores pairs, double oddsWeight) {
    Tensor better = PairLosses.logOdds(pairs.chosen().meanLogProb()); // [pairs]
    Tensor worse = PairLosses.logOdds(pairs.rejected().meanLogProb());
    Tensor gap = better.sub(worse);
    Tensor odds = PairLosses.logistic(gap, pairs.targets(p -> p));
    Tensor likelihood = pairs.likelihoodLoss();
    return Loss.of(likelihood.add(odds.mean().mul((float) oddsWeight)))
        .log("likelihood_loss", likelihood)
        .log("odds_loss", odds)
        .log("accuracy", gap.greater(0f))
        .log("log_odds_ratio", gap)
        .log("chosen_log_prob", pairs.chosen().logProb())
        .log("rejected_log_prob", pairs.rejected().logProb());
  }
}

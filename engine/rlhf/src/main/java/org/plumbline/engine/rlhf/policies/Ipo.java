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
 * Identity preference optimisation: a squared loss on the gap of the log-ratios, which keeps near
 * the reference even where labels never disagree.
 *
 * <p>Azar, Guo, Piot, Munos, Rowland, Valko, Calandriello, "A General Theoretical Paradigm to
 * Understand Learning from Human Preferences", AISTATS 2024, arXiv:2310.12036, equation 17:
 *
 * <pre>{@code
 * h = (log pi(y_w|x) - log ref(y_w|x)) - (log pi(y_l|x) - log ref(y_l|x))
 * L = (h - 1 / (2 tau))^2
 * }</pre>
 *
 * <p>With a share p of votes for y_w the loss is its expectation over the votes,
 *
 * <pre>{@code
 * L = p (h - 1 / (2 tau))^2 + (1 - p) (h + 1 / (2 tau))^2
 * }</pre>
 *
 * <p>Choices the paper leaves open: those of {@link PreferenceTraining}; log-ratios are sums over
 * the answer's tokens, as in the paper, or with {@code per_token} means.
 *
 * <p>Differs from TRL's DPOTrainer with {@code loss_type: ipo}: that has means always; and a soft
 * target per pair.
 */
public final class Ipo implements Stage {

  @Override
  public String operation() {
    return "ipo";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PreferencePolicySpec.Ipo settings = context.settings(PreferencePolicySpec.Ipo.class);
    PreferenceTraining.fit(
        context,
        new PreferenceTraining.Settings(
            operation(), settings.fitting(), PreferenceTraining.Reference.START),
        pairs -> loss(pairs, settings));
  }

  /** The mean loss of some pairs, equation 17 with soft targets. */
  static Loss loss(PairScores pairs, PreferencePolicySpec.Ipo settings) {
    Tensor chosen = pairs.chosen().logRatio(settings.perToken()); // [pairs]
    Tensor rejected = pairs.rejected().logRatio(settings.perToken());
    Tensor gap = chosen.sub(rejected); // h
    Tensor right = PairLosses.ipo(chosen, rejected, settings.tau());
    Tensor wrong = PairLosses.ipo(rejected, chosen, settings.tau());
    return Loss.mean(PairLosses.expected(right, wrong, pairs.targets(p -> p)))
        .log("accuracy", gap.greater(0f))
        .log("margin", gap)
        .log("chosen_log_ratio", chosen)
        .log("rejected_log_ratio", rejected)
        .log("chosen_log_prob", pairs.chosen().logProb())
        .log("rejected_log_prob", pairs.rejected().logProb());
  }
}

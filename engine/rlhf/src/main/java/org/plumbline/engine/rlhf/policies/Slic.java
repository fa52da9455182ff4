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
 * Sequence likelihood calibration: the preferred answer shall be likelier by a margin, and likely.
 *
 * <p>Zhao, Joshi, Liu, Khalman, Saleh, Liu, "SLiC-HF: Sequence Likelihood Calibration with Human
 * Feedback", 2023, arXiv:2305.10425, equation 1:
 *
 * <pre>{@code
 * h = log pi(y_w|x) - log pi(y_l|x)
 * L = max(0, delta - h) - lambda log pi(y_w|x)
 * }</pre>
 *
 * <p>With a share p of votes for y_w the first term is its expectation over the votes, {@code p
 * max(0, delta - h) + (1 - p) max(0, delta + h)}.
 *
 * <p>Choices the paper leaves open: those of {@link PreferenceTraining}; what the second term
 * learns is the preferred answer (the paper's y_ref can be any good one); both terms are sums over
 * an answer's tokens, so delta is in nats.
 */
public final class Slic implements Stage {

  @Override
  public String operation() {
    return "slic";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PreferencePolicySpec.Slic settings = context.settings(PreferencePolicySpec.Slic.class);
    PreferenceTraining.fit(
        context,
        new PreferenceTraining.Settings(
            operation(), settings.fitting(), PreferenceTraining.Reference.NONE),
        pairs -> loss(pairs, settings));
  }

  /** The mean loss of some pairs, equation 1. */
  static Loss loss(PairScores pairs, PreferencePolicySpec.Slic settings) {
    Tensor chosen = pairs.chosen().logProb(); // [pairs]
    Tensor rejected = pairs.rejected().logProb();
    Tensor gap = chosen.sub(rejected); // h
    double delta = settings.margin();
    Tensor calibration =
        PairLosses.expected(
            PairLosses.hinge(gap, delta),
            PairLosses.hinge(gap.neg(), delta),
            pairs.targets(p -> p));
    Tensor likelihood = chosen.neg();
    return Loss.mean(calibration.add(likelihood.mul((float) settings.sftWeight())))
        .log("calibration_loss", calibration)
        .log("likelihood_loss", likelihood)
        .log("accuracy", gap.greater(0f))
        .log("above_margin", gap.greater((float) delta))
        .log("margin", gap)
        .log("chosen_log_prob", chosen)
        .log("rejected_log_prob", rejected);
  }
}

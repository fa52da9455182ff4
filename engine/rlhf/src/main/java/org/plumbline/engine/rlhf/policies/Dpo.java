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
 * u = log pi(y_w|x) - log ref(y_w|x),  w = log pi(y_l|x) - log ref(y_l|x),  h = u - w
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
 * <p>Other losses of the same numbers are in {@link PairLosses}, each as its expectation over the
 * votes: {@code hinge}, {@code sppo}, and {@code robust}, which corrects for e rather than assume
 * it. Other divergences than the reverse KL put f'(pi / ref) in the log-ratios' place (f-DPO, Wang,
 * Jiang, Yang, Liu, Chen 2024, "Beyond Reverse KL: Generalizing Direct Preference Optimization with
 * Diverse Divergence Constraints", ICLR 2024, arXiv:2309.16240). With {@code sft_weight} the
 * preferred answer's negative log-likelihood, averaged over its tokens, stands beside the loss
 * (Pang, Yuan, Cho, He, Sukhbaatar, Weston 2024, "Iterative Reasoning Preference Optimization",
 * NeurIPS 2024, arXiv:2404.19733, equation 1).
 *
 * <p>Choices the papers leave open: those of {@link PreferenceTraining}; log-probabilities are
 * summed over the answer's tokens, or with {@code per_token} averaged; the reference is the policy
 * before the first step unless another is named.
 *
 * <p>Differs from TRL's DPOTrainer: a soft target per pair, in every loss; its label smoothing is
 * for {@code robust} and {@code exo_pair} alone.
 */
public final class Dpo implements Stage {

  @Override
  public String operation() {
    return "dpo";
  }

  @Override
  public int version() {
    return 6;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PolicySpec.Dpo settings = context.settings(PolicySpec.Dpo.class);
    PreferenceTraining.fit(
        context,
        new PreferenceTraining.Settings(
            operation(),
            settings.fitting(),
            settings.reference() == null
                ? PreferenceTraining.Reference.START
                : PreferenceTraining.Reference.NAMED),
        pairs -> loss(pairs, settings));
  }

  /** The mean loss of some pairs. */
  static Loss loss(PairScores pairs, PolicySpec.Dpo settings) {
    boolean perToken = Boolean.TRUE.equals(settings.perToken());
    Tensor u = pairs.chosen().logRatio(perToken); // [pairs]
    Tensor w = pairs.rejected().logRatio(perToken);
    float beta = (float) settings.beta();
    PolicySpec.Divergence divergence = settings.divergence();
    Tensor chosen = u.mul(beta);
    Tensor rejected = w.mul(beta);
    Tensor gap = divergence == null ? chosen.sub(rejected) : gap(u, w, divergence).mul(beta);
    Loss loss = Loss.mean(losses(pairs, gap, settings));
    Double weight = settings.sftWeight();
    if (weight != null) {
      Tensor likelihood = pairs.chosen().meanLogProb().mean().neg();
      loss =
          Loss.of(loss.value().add(likelihood.mul((float) (double) weight)))
              .log("preference_loss", loss.value())
              .log("likelihood_loss", likelihood);
    }
    return loss.log("accuracy", gap.greater(0f)).log("margin", gap).log("chosen_reward", chosen)
        .log("rejected_reward", rejected).log("chosen_log_prob", pairs.chosen().logProb()).log(
        "rejected_log_prob", pairs.rejected().logProb());
  }

  /** h under another divergence than the reverse KL. */
  private static Tensor gap(Tensor u, Tensor w, PolicySpec.Divergence divergence) {
    return switch (divergence) {
      case FORWARD_KL -> PairLosses.forwardKl(u, w);
      case JS -> PairLosses.jensenShannon(u, w);
    };
  }

  /** The loss of each pair, [pairs]. */
  private static Tensor losses(PairScores pairs, Tensor gap, PolicySpec.Dpo settings) {
    double wrong = settings.labelSmoothing();
    Tensor target = pairs.targets(p -> p * (1 - wrong) + (1 - p) * wrong);
    PolicySpec.Loss loss = settings.loss();
    if (loss == null) {
      return PairLosses.logistic(gap, target);
    }
    return switch (loss) {
      case ROBUST ->
          PairLosses.expected(
              PairLosses.robust(gap, wrong),
              PairLosses.robust(gap.neg(), wrong),
              pairs.targets(p -> p));
      case HINGE ->
          PairLosses.expected(PairLosses.hinge(gap, 1), PairLosses.hinge(gap.neg(), 1), target);
      case SPPO -> {
        boolean perToken = Boolean.TRUE.equals(settings.perToken());
        Tensor u = pairs.chosen().logRatio(perToken);
        Tensor w = pairs.rejected().logRatio(perToken);
        yield PairLosses.expected(
            PairLosses.sppoHard(u, w, settings.beta()),
            PairLosses.sppoHard(w, u, settings.beta()),
            target);
      }
    };
  }
}

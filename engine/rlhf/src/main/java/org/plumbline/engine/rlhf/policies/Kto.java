// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.losses.KtoLoss;
import org.plumbline.engine.rlhf.preference.AnswerScores;
import org.plumbline.engine.rlhf.preference.UnpairedTraining;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Kahneman-Tversky optimisation: fits the policy to answers that are good or bad, without pairs and
 * without a reward model.
 *
 * <p>Ethayarajh, Xu, Muennighoff, Jurafsky, Kiela, "KTO: Model Alignment as Prospect Theoretic
 * Optimization", ICML 2024, arXiv:2402.01306, equations 7 and 8. With d = log pi(y|x) - log
 * ref(y|x) and the point of reference z_0:
 *
 * <pre>{@code
 * z_0 = max(0, mean of log pi(y'|x) - log ref(y'|x)), y' an answer to another prompt; no gradient
 * L = mean of lambda_D (1 - sigmoid(beta (d - z_0)))   over good answers
 *         and lambda_U (1 - sigmoid(beta (z_0 - d)))   over bad answers, together
 * }</pre>
 *
 * <p>Choices the paper leaves open: those of {@link UnpairedTraining}; y' is the nearest answer
 * before it in the batch that was given to another prompt, one for each answer; in a batch with one
 * prompt z_0 is 0. The paper advises weights such that lambda_D n_D / (lambda_U n_U) lies in [1,
 * 4/3]; comparisons give as many good as bad answers.
 *
 * <p>Differs from TRL's KTOTrainer: y' never belongs to the same prompt.
 */
public final class Kto implements Stage {

  @Override
  public String operation() {
    return "kto";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PreferencePolicySpec.Kto settings = context.settings(PreferencePolicySpec.Kto.class);
    UnpairedTraining.fit(
        context,
        new UnpairedTraining.Settings(
            operation(), settings.fitting(), UnpairedTraining.Level.OTHER_PROMPTS),
        answers -> loss(answers, settings));
  }

  /** The mean loss of some answers, equation 7. */
  static Loss loss(AnswerScores answers, PreferencePolicySpec.Kto settings) {
    double beta = settings.beta();
    double reference = answers.level();
    Tensor ratio = answers.logRatio(); // [answers]
    Tensor good = KtoLoss.good(ratio, reference, beta, settings.desirableWeight());
    Tensor bad = KtoLoss.bad(ratio, reference, beta, settings.undesirableWeight());
    Tensor isGood = answers.good();
    Tensor isBad = isGood.mul(-1f).add(1f);
    Tensor sign = isGood.sub(isBad);
    return Loss.mean(good.mul(isGood).add(bad.mul(isBad)))
        .log("reference_point", Tensor.of(new float[] {(float) reference}))
        .log("signed_reward", ratio.mul((float) beta).mul(sign))
        .log("right_side", ratio.sub((float) reference).mul(sign).greater(0f))
        .log("good_share", isGood);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.losses.PairLosses;
import org.plumbline.engine.rlhf.preference.AnswerScores;
import org.plumbline.engine.rlhf.preference.UnpairedTraining;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Binary classifier optimisation: fits a classifier of good and bad answers whose logit is the
 * implicit reward, without pairs and without a reward model.
 *
 * <p>Jung, Han, Nam, On, "Binary Classifier Optimization for Large Language Model Alignment", 2024,
 * arXiv:2404.04656. With d = log pi(y|x) - log ref(y|x) and the shift delta, a running mean of
 * rewards:
 *
 * <pre>{@code
 * L = mean of -log sigmoid(beta d - delta)      over good answers
 *         and -log sigmoid(-(beta d - delta))   over bad answers, together
 * }</pre>
 *
 * <p>Choices the paper leaves open: those of {@link UnpairedTraining}; delta is the mean of the
 * rewards of the steps before, of which the last counts a tenth, and is 0 at first: it does not
 * hang on the step that it judges.
 *
 * <p>Differs from TRL's BCOTrainer: its delta is the mean over all steps and the present one, which
 * lags behind more and more; and prompts of good and bad answers are not made alike by weights.
 */
public final class Bco implements Stage {

  @Override
  public String operation() {
    return "bco";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PreferencePolicySpec.Bco settings = context.settings(PreferencePolicySpec.Bco.class);
    UnpairedTraining.fit(
        context,
        new UnpairedTraining.Settings(
            operation(), settings.fitting(), UnpairedTraining.Level.STEPS_BEFORE),
        answers -> loss(answers, settings.beta()));
  }

  /** The mean loss of some answers. */
  static Loss loss(AnswerScores answers, double beta) {
    double delta = beta * answers.level();
    Tensor reward = answers.logRatio().mul((float) beta); // [answers]
    Tensor logit = reward.sub((float) delta);
    Tensor isGood = answers.good();
    Tensor sign = isGood.mul(2f).sub(1f);
    return Loss.mean(PairLosses.logistic(logit, isGood))
        .log("shift", Tensor.of(new float[] {(float) delta}))
        .log("signed_reward", reward.mul(sign))
        .log("right_side", logit.mul(sign).greater(0f))
        .log("good_share", isGood);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.List;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.engine.lm.ScalarHead;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Advantage-weighted regression: learns every token, the more the better its text is than a value
 * head expected before it; the head learns beside.
 *
 * <p>Peng, Kumar, Zhang, Levine, "Advantage-Weighted Regression: Simple and Scalable Off-Policy
 * Reinforcement Learning", 2019, arXiv:1910.00177; as Korbak et al., "Pretraining Language Models
 * with Human Preferences", ICML 2023, arXiv:2302.08582, section 2, use it, with R the reward of a
 * text and V_i the head's estimate before token i, the mean over all tokens of
 *
 * <pre>{@code
 * A_i = R - V_i                                       without gradient
 * L   = -alpha min(exp(A_i / beta), max) log pi(y_i | x, y_<i) + (1 - alpha) (V_i - R)^2
 * }</pre>
 *
 * <p>Choices left open: those of {@link ScoredTexts}; the head is a linear map of the policy's own
 * last layer, which says 0 at first, and its gradient also moves the layers; a policy that has one
 * already, as PPO's, goes on with it. With alpha 1 nothing fits the head.
 *
 * <p>Differs from the paper: a text has one reward, not one for each sentence.
 */
public final class AdvantageWeightedRegression implements Stage {

  @Override
  public String operation() {
    return "advantage_weighted_regression";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ConditionedPolicySpec.AdvantageWeightedRegression settings =
        context.settings(ConditionedPolicySpec.AdvantageWeightedRegression.class);
    ScoredTexts.fit(
        context,
        operation(),
        settings.fitting(),
        new ScoredTexts.Method(
            row -> true,
            (model, rows) -> {
              Batch batch = ScoredTexts.batch(rows);
              return loss(model.tokenScores(batch), batch, rewards(rows), settings);
            },
            model -> model.withHead(ScalarHead.VALUE, 0, context.seed()),
            null));
  }

  private static double[] rewards(List<ScoredTexts.Row> rows) {
    return rows.stream().mapToDouble(ScoredTexts.Row::reward).toArray();
  }

  /**
   * The mean loss over all tokens.
   *
   * @param said log-probabilities and values of the tokens
   * @param rewards of the texts
   */
  static Loss loss(
      TokenScores said,
      Batch batch,
      double[] rewards,
      ConditionedPolicySpec.AdvantageWeightedRegression settings) {
    Tensor mask = batch.mask(); // [batch, time-1]
    Tensor error = ScoredTexts.perToken(batch, rewards).sub(said.values()).mul(mask);
    float most = (float) StrictMath.log(settings.maxWeight());
    Tensor exponent = error.stopGradient().div((float) settings.beta());
    Tensor weight = exponent.minimum(Tensor.scalar(most)).exp();
    Tensor likelihood = said.logProbs().neg().mul(weight).maskedMean(mask);
    Tensor value = error.square().maskedMean(mask);
    float alpha = (float) settings.alpha();
    return Loss.of(likelihood.mul(alpha).add(value.mul(1 - alpha)))
        .log("likelihood_loss", likelihood)
        .log("value_loss", value)
        .log("weight", weight.maskedMean(mask))
        .log("cut_share", exponent.greater(most).maskedMean(mask));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.List;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Reward-weighted regression: learns every text, the more the better it is.
 *
 * <p>Peters and Schaal, "Reinforcement Learning by Reward-Weighted Regression for Operational Space
 * Control", ICML 2007; as Korbak et al., "Pretraining Language Models with Human Preferences", ICML
 * 2023, arXiv:2302.08582, section 2, use it, with R the reward of a text, the mean over all tokens
 * of
 *
 * <pre>{@code
 * L = -exp(R / beta) log pi(y_i | x, y_<i)
 * }</pre>
 *
 * <p>Choices left open: those of {@link ScoredTexts}; weights are not divided by their mean, so
 * that a small beta also means a large learning rate, which the gradient's clipping bounds.
 *
 * <p>Differs from the paper: a text has one reward, not one for each sentence.
 */
public final class RewardWeightedRegression implements Stage {

  @Override
  public String operation() {
    return "reward_weighted_regression";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ConditionedPolicySpec.RewardWeightedRegression settings =
        context.settings(ConditionedPolicySpec.RewardWeightedRegression.class);
    ScoredTexts.fit(
        context,
        operation(),
        settings.fitting(),
        ScoredTexts.Method.of(
            row -> true,
            (model, rows) -> {
              Batch batch = ScoredTexts.batch(rows);
              return loss(model.tokenLogProbs(batch), batch, weights(rows, settings.beta()));
            }));
  }

  private static double[] weights(List<ScoredTexts.Row> rows, double beta) {
    return rows.stream().mapToDouble(row -> weight(row.reward(), beta)).toArray();
  }

  static double weight(double reward, double beta) {
    double weight = StrictMath.exp(reward / beta);
    if (weight > Float.MAX_VALUE) {
      throw new StageFailure(
          "PLB0902",
          "the weight exp(%.3g / %.3g) of a text is not finite".formatted(reward, beta),
          "beta",
          "raise `beta`");
    }
    return weight;
  }

  /**
   * The mean loss over all tokens.
   *
   * @param logProbs of the tokens, [batch, time-1]
   * @param weights of the texts
   */
  static Loss loss(Tensor logProbs, Batch batch, double[] weights) {
    Tensor mask = batch.mask();
    Tensor weight = ScoredTexts.perToken(batch, weights);
    return Loss.of(logProbs.neg().mul(weight).maskedMean(mask))
        .log("weight", weight.maskedMean(mask));
  }
}

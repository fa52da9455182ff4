// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import org.plumbline.dsl.model.policy.PreferencePolicySpec;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.losses.PairLosses;
import org.plumbline.engine.rlhf.preference.RankedScores;
import org.plumbline.engine.rlhf.preference.RankedTraining;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Rank responses to align human feedback: answers shall be as likely, for their length, as people
 * ranked them, and the best is learned.
 *
 * <p>Yuan, Yuan, Tan, Wang, Huang, Huang, "RRHF: Rank Responses to Align Language Models with Human
 * Feedback without tears", NeurIPS 2023, arXiv:2304.05302, equations 1 to 4. With r the scores of
 * the answers to a prompt, y* the best and |y| the tokens of an answer:
 *
 * <pre>{@code
 * p_i = log pi(y_i|x) / |y_i|^k
 * L = sum over r_i < r_j of max(0, p_i - p_j) - w log pi(y*|x) / |y*|
 * }</pre>
 *
 * <p>Choices the paper leaves open: those of {@link RankedTraining}; the loss is the mean over the
 * prompts of a step, so a prompt with many answers has more to say; the second term is a mean over
 * the best answer's tokens (the authors' code has it over padding, too).
 *
 * <p>TRL has no such method.
 */
public final class Rrhf implements Stage {

  @Override
  public String operation() {
    return "rrhf";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    PreferencePolicySpec.Rrhf settings = context.settings(PreferencePolicySpec.Rrhf.class);
    RankedTraining.fit(
        context,
        new RankedTraining.Settings(
            operation(),
            settings.steps(),
            settings.batchSize(),
            settings.learningRate(),
            settings.training()),
        answers -> loss(answers, settings));
  }

  /** The mean loss of some prompts, equation 4. */
  static Loss loss(RankedScores answers, PreferencePolicySpec.Rrhf settings) {
    float prompts = answers.rows().size();
    Tensor p = answers.perLength(settings.lengthExponent()); // [answers]
    RankedScores.Order order = answers.order();
    Tensor gap = p.select(0, order.better()).sub(p.select(0, order.worse())); // [pairs]
    Tensor ranking = PairLosses.hinge(gap, 0).sum().div(prompts);
    Tensor best = answers.best();
    Tensor likelihood = answers.perLength(1).select(0, best).mean().neg();
    return Loss.of(ranking.add(likelihood.mul((float) settings.sftWeight())))
        .log("ranking_loss", ranking)
        .log("likelihood_loss", likelihood)
        .log("accuracy", gap.greater(0f).mul(order.share()).sum().div(prompts))
        .log("best_log_prob", answers.logProb().select(0, best));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Filtering: maximum likelihood of the texts whose score is good, and of no others.
 *
 * <p>Korbak et al., "Pretraining Language Models with Human Preferences", ICML 2023,
 * arXiv:2302.08582, section 2; with R the reward of a text and t the threshold, the mean over the
 * tokens of the texts with R >= t of
 *
 * <pre>{@code
 * L = -log pi(y_i | x, y_<i)
 * }</pre>
 *
 * <p>Choices left open: those of {@link ScoredTexts}.
 *
 * <p>Differs from the paper: whole texts are kept or left out by their own score, not documents by
 * the mean of their sentences'.
 */
public final class Filtering implements Stage {

  @Override
  public String operation() {
    return "filtering";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ConditionedPolicySpec.Filtering settings =
        context.settings(ConditionedPolicySpec.Filtering.class);
    ScoredTexts.fit(
        context,
        operation(),
        settings.fitting(),
        ScoredTexts.Method.of(
            row -> row.reward() >= settings.threshold(),
            (model, rows) -> Loss.of(model.meanLoss(ScoredTexts.batch(rows)))));
  }
}

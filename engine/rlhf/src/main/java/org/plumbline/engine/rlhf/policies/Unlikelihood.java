// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.List;
import org.plumbline.dsl.model.policy.ConditionedPolicySpec;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.losses.PairLosses;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageContext;

/**
 * Unlikelihood training: learns good texts, and makes each token of bad ones less likely.
 *
 * <p>Welleck et al., "Neural Text Generation with Unlikelihood Training", ICLR 2020,
 * arXiv:1908.04319, equation 2; as Korbak et al., "Pretraining Language Models with Human
 * Preferences", ICML 2023, arXiv:2302.08582, section 2, use it, with R the reward of a text and t
 * the threshold, the mean over all tokens of
 *
 * <pre>{@code
 * L = -log pi(y_i | x, y_<i)               of texts with R >= t
 *     -alpha log(1 - pi(y_i | x, y_<i))    of the others
 * }</pre>
 *
 * <p>Choices left open: those of {@link ScoredTexts}; {@code 1 - pi} is at least 1e-7.
 *
 * <p>Differs from the paper: a text is good or bad as a whole, not sentence by sentence.
 */
public final class Unlikelihood implements Stage {

  @Override
  public String operation() {
    return "unlikelihood";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void run(StageContext context) throws IOException {
    ConditionedPolicySpec.Unlikelihood settings =
        context.settings(ConditionedPolicySpec.Unlikelihood.class);
    ScoredTexts.fit(
        context,
        operation(),
        settings.fitting(),
        ScoredTexts.Method.of(
            row -> true,
            (model, rows) -> {
              Batch batch = ScoredTexts.batch(rows);
              return loss(
                  model.tokenLogProbs(batch),
                  batch,
                  good(rows, settings.threshold()),
                  settings.alpha());
            }));
  }

  private static double[] good(List<ScoredTexts.Row> rows, double threshold) {
    return rows.stream().mapToDouble(row -> row.reward() >= threshold ? 1 : 0).toArray();
  }

  /**
   * The mean loss over all tokens.
   *
   * @param logProbs of the tokens, [batch, time-1]
   * @param good 1 for texts that are good, 0 for others
   */
  static Loss loss(Tensor logProbs, Batch batch, double[] good, double alpha) {
    Tensor mask = batch.mask();
    Tensor isGood = ScoredTexts.perToken(batch, good);
    Tensor isBad = mask.sub(isGood);
    Tensor likely = logProbs.neg().mul(isGood);
    Tensor unlikely = PairLosses.logOfRest(logProbs).neg().mul(isBad);
    return Loss.of(likely.add(unlikely.mul((float) alpha)).maskedMean(mask))
        .log("good_share", isGood.maskedMean(mask));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.Scoring;

/**
 * The loss of an update: a method's surrogate, less the entropy bonus, and the divergence if that
 * is where it is placed.
 *
 * @param settings the method's
 * @param reference what the divergence is from
 * @param kl what a nat of it costs
 * @param entropy the weight of the bonus
 */
record UpdateLoss(
    PolicyGradient.Settings settings, LanguageModel reference, double kl, double entropy) {

  /** Of some of a rollout's answers. */
  Loss of(LanguageModel model, Rollout rows) {
    Batch batch = Batch.of(rows.sequences());
    Tensor mask = mask(batch, rows); // [batch, time-1]
    double temperature = settings.rollout().sampling().temperature();
    TokenScores now = Scoring.tokens(model, batch, temperature);
    Surrogate.Terms terms =
        new Surrogate.Terms(
            now.logProbs(),
            batch.aligned(rows.logProbs()),
            batch.aligned(rows.advantages()),
            now.values(),
            batch.aligned(rows.values()),
            batch.aligned(rows.returns()),
            mask);
    Loss loss = settings.surrogate().of(terms);
    double moved = TokenMean.TOKENS.of(terms.logRatio().square(), mask).item() / 2.0;
    loss.logged().put("approximate_kl", moved);
    Tensor value = loss.value();
    if (entropy > 0) {
      value = value.sub(TokenMean.TOKENS.of(now.entropy(), mask).mul((float) entropy));
    }
    KlTerm term = new KlTerm(settings.regularizers().kl());
    if (term.inLoss() && kl > 0) {
      KlTerm.Models models = new KlTerm.Models(model, reference, temperature);
      Tensor logRatio = now.logProbs().sub(batch.aligned(rows.references()));
      Tensor divergence = settings.mean().of(term.ofLoss(models, batch, logRatio), mask);
      loss.log("kl_loss", divergence);
      value = value.add(divergence.mul((float) kl));
    }
    return new Loss(value, loss.logged());
  }

  /** 1 where a token of an answer is predicted that counts. */
  private Tensor mask(Batch batch, Rollout rows) {
    if (!settings.draws().finishedOnly()) {
      return batch.mask();
    }
    List<Rollout.Facts> facts = rows.facts();
    float[] finished = new float[facts.size()];
    for (int i = 0; i < finished.length; i++) {
      finished[i] = facts.get(i).finished() ? 1 : 0;
    }
    return batch.mask().mul(Tensor.of(finished, finished.length, 1));
  }
}

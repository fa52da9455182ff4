// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.training.Loss;

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
    PolicyGradient.Settings settings, KlReference reference, double kl, double entropy) {

  /** Of a step's answers at once. */
  Loss of(LanguageModel model, Rollout step) {
    return part(model, step, step);
  }

  /** What some of a rollout's answers, which are a step or a part of one, contribute. */
  Loss part(LanguageModel model, Rollout rows, Rollout step) {
    Batch batch = Batch.of(rows.sequences());
    boolean finished = settings.draws().finishedOnly();
    Tensor mask = finished ? finished(batch, rows) : batch.mask(); // [batch, time-1]
    Counted counted = new Counted(mask, step.counted(finished), step.size());
    double temperature = settings.rollout().sampling().temperature();
    TokenScores now = model.tokenScores(batch, temperature);
    Surrogate.Terms terms =
        new Surrogate.Terms(
            now.logProbs(),
            batch.aligned(rows.logProbs()),
            batch.aligned(rows.advantages()),
            now.values(),
            batch.aligned(rows.values()),
            batch.aligned(rows.returns()),
            counted);
    Loss loss = settings.surrogate().of(terms);
    double moved = TokenMean.TOKENS.of(terms.logRatio().square(), counted).item() / 2.0;
    loss.logged().put("approximate_kl", moved);
    Tensor value = loss.value();
    if (entropy > 0) {
      value = value.sub(TokenMean.TOKENS.of(now.entropy(), counted).mul((float) entropy));
    }
    KlTerm term = new KlTerm(settings.regularizers().kl());
    if (term.inLoss() && kl > 0) {
      KlTerm.Models models = new KlTerm.Models(model, reference, temperature);
      Tensor logRatio = now.logProbs().sub(batch.aligned(rows.references()));
      Tensor divergence = settings.mean().of(term.ofLoss(models, batch, logRatio), counted);
      loss.log("kl_loss", divergence);
      value = value.add(divergence.mul((float) kl));
    }
    return new Loss(value, loss.logged());
  }

  /** 1 where a token is predicted of an answer that ended by itself. */
  private static Tensor finished(Batch batch, Rollout rows) {
    List<Rollout.Facts> facts = rows.facts();
    float[] finished = new float[facts.size()];
    for (int i = 0; i < finished.length; i++) {
      finished[i] = facts.get(i).finished() ? 1 : 0;
    }
    return batch.mask().mul(Tensor.of(finished, finished.length, 1));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;

/** What a model says about given answers, at any sampling temperature. */
public final class Scoring {
  private Scoring() {}

  /** Log-probabilities of all next tokens, [batch, time-1, vocabulary]. */
  public static Tensor logProbs(LanguageModel model, Batch batch, double temperature) {
    Tensor logits = model.logits(batch).narrow(1, 0, batch.width() - 1);
    Tensor scaled = temperature == 1 ? logits : logits.mul((float) (1 / temperature));
    return scaled.logSoftmax(-1);
  }

  /** The next token at each position, [batch, time-1]; 0 after a row's end. */
  static Tensor targets(Batch batch) {
    int columns = batch.width() - 1;
    long[] ids = new long[batch.size() * columns];
    for (int row = 0; row < batch.size(); row++) {
      Sequence sequence = batch.rows().get(row);
      for (int t = 1; t < sequence.length(); t++) {
        ids[row * columns + t - 1] = sequence.id(t);
      }
    }
    return Tensor.of(ids, batch.size(), columns);
  }

  /** The entries of the tokens in the last axis: [batch, time, vocabulary] to [batch, time]. */
  static Tensor picked(Tensor all, Tensor targets) {
    long rows = targets.size(0);
    long columns = targets.size(1);
    return all.gather(targets.reshape(rows, columns, 1), 2).reshape(rows, columns);
  }
}

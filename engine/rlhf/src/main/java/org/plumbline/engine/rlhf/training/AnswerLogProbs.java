// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.TensorScope;

/** Logarithms of the probabilities that a model gives to answers, without gradients. */
public final class AnswerLogProbs {
  private static final int SEQUENCES_AT_ONCE = 128;

  private AnswerLogProbs() {}

  /** Those of these rows' answers, summed over their tokens. */
  public static double[] of(LanguageModel model, List<Sequence> rows) {
    double[] sums = new double[rows.size()];
    for (int at = 0; at < rows.size(); at += SEQUENCES_AT_ONCE) {
      Batch batch = Batch.of(rows.subList(at, Math.min(rows.size(), at + SEQUENCES_AT_ONCE)));
      try (TensorScope scope = TensorScope.open()) {
        float[] part = model.tokenLogProbs(batch).sum(1).toFloatArray();
        for (int i = 0; i < part.length; i++) {
          sums[at + i] = part[i];
        }
      }
    }
    return sums;
  }
}

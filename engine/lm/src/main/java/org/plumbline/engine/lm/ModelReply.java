// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * What a model says to given tokens, to compare it with another program's.
 *
 * @param logits the logits after each token, [time][vocabulary]
 * @param greedy the most likely continuation, which no end token stops; shorter than asked for
 *     where the context ends
 */
public record ModelReply(float[][] logits, int[] greedy) {

  /**
   * Computes the logits of some tokens and continues them.
   *
   * @throws IllegalArgumentException if there are no ids, more than the context holds, or unknown
   *     ones
   */
  public static ModelReply of(LanguageModel model, int[] ids, int count) {
    ModelConfig config = model.config();
    if (ids.length == 0 || ids.length > config.contextLength()) {
      throw new IllegalArgumentException(
          ids.length == 0
              ? "there are no tokens to read"
              : ids.length
                  + " tokens do not fit into the model's context of "
                  + config.contextLength());
    }
    for (int id : ids) {
      if (id < 0 || id >= config.vocabularySize()) {
        throw new IllegalArgumentException(
            "id " + id + " is not among the model's " + config.vocabularySize());
      }
    }
    float[][] logits = logits(model, ids);
    int length = Math.min(config.contextLength(), ids.length + count);
    int[] all = Arrays.copyOf(ids, length);
    float[] last = logits[ids.length - 1];
    for (int t = ids.length; t < length; t++) {
      all[t] = best(last);
      if (t + 1 < length) {
        last = logits(model, Arrays.copyOf(all, t + 1))[t];
      }
    }
    return new ModelReply(logits, Arrays.copyOfRange(all, ids.length, length));
  }

  private static float[][] logits(LanguageModel model, int[] ids) {
    int size = model.config().vocabularySize();
    float[][] rows = new float[ids.length][];
    try (TensorScope scope = TensorScope.open()) {
      float[] all = model.logits(Batch.of(List.of(new Sequence(ids, 0)))).toFloatArray();
      for (int t = 0; t < rows.length; t++) {
        rows[t] = Arrays.copyOfRange(all, t * size, (t + 1) * size);
      }
    }
    return rows;
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }
}

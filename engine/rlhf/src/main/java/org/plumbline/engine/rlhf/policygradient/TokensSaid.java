// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.training.Scoring;

/**
 * What policy and reference say about answers, in one pass of each.
 *
 * @param said of each answer's tokens
 * @param entropies the policy's, at each of them
 */
record TokensSaid(List<Rollout.Said> said, List<float[]> entropies) {

  static TokensSaid of(KlTerm.Models models, List<Sequence> sequences) {
    Batch batch = Batch.of(sequences);
    try (TensorScope scope = TensorScope.open()) {
      // computed as in the loss, not taken from the sampler: the first ratio is 1 but for rounding
      TokenScores now = Scoring.tokens(models.policy(), batch, models.temperature());
      List<float[]> logProbs = byAnswer(now.logProbs(), batch);
      List<float[]> references =
          byAnswer(models.reference().tokens(batch, models.temperature()), batch);
      List<float[]> values = byAnswer(now.values(), batch);
      List<Rollout.Said> said = new ArrayList<>();
      for (int i = 0; i < sequences.size(); i++) {
        said.add(new Rollout.Said(logProbs.get(i), references.get(i), values.get(i)));
      }
      return new TokensSaid(said, byAnswer(now.entropy(), batch));
    }
  }

  /** The same with the estimates of another model than the policy. */
  TokensSaid withValues(List<float[]> values) {
    List<Rollout.Said> other = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      Rollout.Said own = said.get(i);
      other.add(new Rollout.Said(own.logProbs(), own.references(), values.get(i)));
    }
    return new TokensSaid(other, entropies);
  }

  /** The log-ratio to the reference at each token of an answer. */
  double[] logRatio(int answer) {
    double[] ratio = doubles(said.get(answer).logProbs());
    float[] reference = said.get(answer).references();
    for (int t = 0; t < ratio.length; t++) {
      ratio[t] -= reference[t];
    }
    return ratio;
  }

  /** The entries of each answer's tokens in a tensor [batch, time-1]. */
  static List<float[]> byAnswer(Tensor tensor, Batch batch) {
    float[] all = tensor.toFloatArray();
    int columns = batch.width() - 1;
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Sequence row = batch.rows().get(i);
      int start = i * columns + row.promptLength() - 1;
      rows.add(Arrays.copyOfRange(all, start, start + row.length() - row.promptLength()));
    }
    return rows;
  }

  static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}

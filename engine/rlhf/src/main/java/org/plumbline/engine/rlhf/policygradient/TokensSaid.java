// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.lm.TokenScores;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.sampling.Completion;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * What policy and reference say about answers. What the policy says can be noted while it draws
 * them, which saves a pass; it is computed in another order than in the loss and by the reference,
 * so that ratios are 1 but for rounding. Where the policy is still its reference they are 1.
 *
 * @param said of each answer's tokens
 * @param entropies the policy's, at each of them
 */
record TokensSaid(List<Rollout.Said> said, List<float[]> entropies) {

  /** Takes what the policy said while it drew the answers. */
  static TokensSaid drawn(
      KlTerm.Models models, List<Sequence> sequences, List<Completion> answers) {
    List<Completion> drawn = answers.subList(0, sequences.size());
    List<float[]> own = drawn.stream().map(Completion::modelLogProbs).toList();
    List<float[]> references =
        models.reference().isLike(models.policy())
            ? own
            : logProbs(models.reference(), sequences, models.temperature());
    List<Rollout.Said> said = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      said.add(new Rollout.Said(own.get(i), references.get(i), new float[own.get(i).length]));
    }
    return new TokensSaid(said, drawn.stream().map(Completion::entropies).toList());
  }

  /** Asks the policy in a pass of its own, and its head with it. */
  static TokensSaid read(KlTerm.Models models, List<Sequence> sequences) {
    List<float[]> references = logProbs(models.reference(), sequences, models.temperature());
    Batch batch = Batch.of(sequences);
    try (TensorScope scope = TensorScope.open()) {
      TokenScores now = models.policy().tokenScores(batch, models.temperature());
      List<float[]> logProbs = byAnswer(now.logProbs(), batch);
      List<float[]> values = byAnswer(now.values(), batch);
      List<Rollout.Said> said = new ArrayList<>();
      for (int i = 0; i < sequences.size(); i++) {
        said.add(new Rollout.Said(logProbs.get(i), references.get(i), values.get(i)));
      }
      return new TokensSaid(said, byAnswer(now.entropy(), batch));
    }
  }

  /** The log-probabilities of each answer's tokens. */
  static List<float[]> logProbs(KlReference of, List<Sequence> sequences, double temperature) {
    Batch batch = Batch.of(sequences);
    try (TensorScope scope = TensorScope.open()) {
      return byAnswer(of.tokens(batch, temperature), batch);
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * How far a policy has moved from a reference, seen at one answer that the policy gave.
 *
 * @param logRatio log policy(answer) - log reference(answer): its mean over answers is the
 *     divergence, without bias (Schulman 2020, k1)
 * @param kl the exact divergence of the two next-token distributions, summed along the answer: the
 *     same mean with less noise (the Rao–Blackwell form of k1)
 * @param entropy the policy's mean next-token entropy along the answer, nats per token
 * @param surprise minus the reference's mean log-probability of the answer's tokens, nats per token
 */
public record PolicyDivergence(double logRatio, double kl, double entropy, double surprise) {

  /** Logits at once, 16 MB of them: about six such tensors live at a time. */
  private static final int MOST_LOGITS = 1 << 22;

  /** Measures each row. */
  public static List<PolicyDivergence> of(
      LanguageModel policy, LanguageModel reference, List<Sequence> rows) {
    return of(policy, reference, rows, 1);
  }

  /**
   * Measures each row.
   *
   * @param temperature of the policy; the reference is at 1
   */
  public static List<PolicyDivergence> of(
      LanguageModel policy, LanguageModel reference, List<Sequence> rows, double temperature) {
    List<PolicyDivergence> drifts = new ArrayList<>();
    int width = rows.stream().mapToInt(Sequence::length).max().orElse(1);
    int atOnce = Math.max(1, MOST_LOGITS / width / policy.config().vocabularySize());
    for (int at = 0; at < rows.size(); at += atOnce) {
      Batch batch = Batch.of(rows.subList(at, Math.min(rows.size(), at + atOnce)));
      try (TensorScope scope = TensorScope.open()) {
        drifts.addAll(measure(policy, reference, batch, temperature));
      }
    }
    return drifts;
  }

  private static List<PolicyDivergence> measure(
      LanguageModel policy, LanguageModel reference, Batch batch, double temperature) {
    Tensor mask = batch.mask(); // [batch, time-1]
    Tensor targets = Scoring.targets(batch);
    Tensor log = Scoring.logProbs(policy, batch, temperature); // [batch, time-1, vocabulary]
    boolean same = policy == reference && temperature == 1;
    Tensor logReference = same ? log : Scoring.logProbs(reference, batch, 1);
    Tensor difference = log.sub(logReference);
    Tensor probability = log.exp();
    float[] kl = probability.mul(difference).sum(-1).maskedSum(mask, 1).toFloatArray();
    float[] entropy = probability.mul(log).sum(-1).neg().maskedSum(mask, 1).toFloatArray();
    float[] ratio = Scoring.picked(difference, targets).maskedSum(mask, 1).toFloatArray();
    float[] said = Scoring.picked(logReference, targets).maskedSum(mask, 1).toFloatArray();
    float[] tokens = mask.sum(1).toFloatArray();
    List<PolicyDivergence> drifts = new ArrayList<>();
    for (int row = 0; row < ratio.length; row++) {
      float length = Math.max(1, tokens[row]);
      drifts.add(
          new PolicyDivergence(ratio[row], kl[row], entropy[row] / length, -said[row] / length));
    }
    return drifts;
  }
}

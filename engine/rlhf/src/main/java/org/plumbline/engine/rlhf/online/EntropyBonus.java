// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.online;

import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.training.Loss;

/**
 * Holds the entropy of a policy up: taken off the loss is
 *
 * <pre>{@code
 * c · mean over answers of the mean over their tokens of H(pi(. | what stands before the token))
 * }</pre>
 *
 * <p>Every answer counts the same, however long it is, so that a step in parts is the same step.
 *
 * @param weight c
 * @param temperature of the sampling, at which entropies are taken
 */
public record EntropyBonus(double weight, double temperature) {

  /** A loss of answers of a policy with the bonus; the loss itself if the weight is 0. */
  public Loss on(Loss loss, LanguageModel policy, Batch answers) {
    return weight == 0
        ? loss
        : with(loss, policy.tokenScores(answers, temperature).entropy(), answers);
  }

  /**
   * The same by entropies that are known.
   *
   * @param entropies of each token, 0 elsewhere: [answers, time-1]
   */
  public Loss with(Loss loss, Tensor entropies, Batch answers) {
    float[] each = new float[answers.size()];
    for (int i = 0; i < each.length; i++) {
      Sequence row = answers.rows().get(i);
      each[i] = 1f / Math.max(1, row.length() - row.promptLength());
    }
    Tensor entropy = entropies.sum(1).mul(Tensor.of(each, each.length)).mean();
    return new Loss(loss.value().sub(entropy.mul((float) weight)), loss.logged())
        .log("answer_entropy", entropy);
  }
}

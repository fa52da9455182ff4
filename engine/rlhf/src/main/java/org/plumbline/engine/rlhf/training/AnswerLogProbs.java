// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.TensorScope;

/** Logarithms of the probabilities that a model gives to answers, without gradients. */
public final class AnswerLogProbs {
  private static final int SEQUENCES_AT_ONCE = 128;

  /** So many take some seconds with a model of 135 million parameters, on one core. */
  private static final int TOKENS_AT_ONCE = 2048;

  private static final String NAME = "reference_log_probs";

  private AnswerLogProbs() {}

  /** Those of these rows' answers, summed over their tokens. */
  public static double[] of(LanguageModel model, List<Sequence> rows) {
    double[] sums = new double[rows.size()];
    for (int at = 0; at < rows.size(); at += SEQUENCES_AT_ONCE) {
      fill(model, rows, at, Math.min(rows.size(), at + SEQUENCES_AT_ONCE), sums);
    }
    return sums;
  }

  /**
   * The same before the first step of a training: it is told how far they are, checkpoints have
   * those that are done, and a stop is obeyed between.
   */
  public static double[] before(TrainingRun run, LanguageModel model, List<Sequence> rows)
      throws IOException {
    double[] sums = new double[rows.size()];
    int width = rows.stream().mapToInt(Sequence::length).max().orElse(1);
    int atOnce = Math.max(1, Math.min(SEQUENCES_AT_ONCE, TOKENS_AT_ONCE / width));
    int at = run.early(NAME, sums);
    while (at < sums.length) {
      int to = Math.min(sums.length, at + atOnce);
      fill(model, rows, at, to, sums);
      at = to;
      run.before(NAME, Arrays.copyOf(sums, at), sums.length);
    }
    return sums;
  }

  private static void fill(
      LanguageModel model, List<Sequence> rows, int from, int to, double[] sums) {
    try (TensorScope scope = TensorScope.open()) {
      float[] part = model.tokenLogProbs(Batch.of(rows.subList(from, to))).sum(1).toFloatArray();
      for (int i = 0; i < part.length; i++) {
        sums[from + i] = part[i];
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * What a policy says of answers that are good or bad: what losses of single answers are made of.
 *
 * @param logRatio log pi(y|x) - log ref(y|x) of each answer, [answers]
 * @param good 1 for good answers, 0 for bad ones, [answers]
 * @param level the log-ratio that tells neither good nor bad; no gradient goes through it
 */
public record AnswerScores(Tensor logRatio, Tensor good, double level) {
  /** Rows that are scored at once where no gradient is needed. */
  private static final int AT_ONCE = 128;

  /**
   * An answer as a row of tokens.
   *
   * @param reference log-probability of the answer under the reference
   * @param good whether it should be answered so
   */
  public record Row(Sequence tokens, double reference, boolean good) {

    boolean samePrompt(Row other) {
      if (tokens.promptLength() != other.tokens.promptLength()) {
        return false;
      }
      for (int i = 0; i < tokens.promptLength(); i++) {
        if (tokens.id(i) != other.tokens.id(i)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Scores answers in one pass. */
  public static AnswerScores of(LanguageModel policy, List<Row> answers, double level) {
    float[] references = new float[answers.size()];
    float[] good = new float[answers.size()];
    for (int i = 0; i < good.length; i++) {
      references[i] = (float) answers.get(i).reference();
      good[i] = answers.get(i).good() ? 1 : 0;
    }
    List<Sequence> rows = answers.stream().map(Row::tokens).toList();
    Tensor ratios = policy.tokenLogProbs(Batch.of(rows)).sum(1).sub(Tensor.of(references));
    return new AnswerScores(ratios, Tensor.of(good), level);
  }

  /**
   * Log-ratios, without gradient, of answers that were given to other prompts than the one that
   * they are put after here; none where all prompts are equal.
   */
  public static double[] mismatched(
      LanguageModel policy, LanguageModel reference, List<Row> answers) {
    List<Sequence> mixed = elsewhere(answers, policy.config().contextLength());
    double[] ratios = new double[mixed.size()];
    for (int from = 0; from < ratios.length; from += AT_ONCE) {
      Batch some = Batch.of(mixed.subList(from, Math.min(ratios.length, from + AT_ONCE)));
      double[] part = TensorScope.withoutGradients(() -> logRatios(policy, reference, some));
      System.arraycopy(part, 0, ratios, from, part.length);
    }
    return ratios;
  }

  /**
   * Each prompt with the nearest answer before it, round the list, that was given to another one;
   * what does not fit into the context is cut off at the end.
   */
  private static List<Sequence> elsewhere(List<Row> answers, int context) {
    List<Sequence> rows = new ArrayList<>();
    int n = answers.size();
    for (int i = 0; i < n; i++) {
      Row own = answers.get(i);
      for (int back = 1; back < n; back++) {
        Row other = answers.get(Math.floorMod(i - back, n));
        if (!own.samePrompt(other)) {
          rows.add(joined(own.tokens(), other.tokens(), context));
          break;
        }
      }
    }
    return rows;
  }

  private static Sequence joined(Sequence prompt, Sequence answer, int context) {
    int from = answer.promptLength();
    int length = Math.min(answer.length() - from, context - prompt.promptLength());
    int[] ids = new int[prompt.promptLength() + length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] =
          i < prompt.promptLength() ? prompt.id(i) : answer.id(from + i - prompt.promptLength());
    }
    return new Sequence(ids, prompt.promptLength());
  }

  private static double[] logRatios(LanguageModel policy, LanguageModel reference, Batch batch) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor ratio = policy.tokenLogProbs(batch).sub(reference.tokenLogProbs(batch));
      float[] sums = ratio.sum(1).toFloatArray();
      double[] wide = new double[sums.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = sums[i];
      }
      return wide;
    }
  }
}

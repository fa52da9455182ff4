// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.likelihood.Gradient;
import org.plumbline.engine.rlhf.likelihood.Likelihood;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TrainingRun;

/**
 * Fits scores to feedback by its likelihood, and the likelihood's own numbers with them.
 *
 * <p>The likelihood and its derivatives are computed in plain arithmetic from the scores that the
 * model gave; the tensor that is returned has that value and those derivatives, so that the model's
 * parameters follow them.
 *
 * @param <F> the feedback
 */
final class LikelihoodObjective<F>
    implements RewardFitting.MemberObjective<LikelihoodObjective.Row<F>> {
  private final Likelihood<F> likelihood;
  private final FreeNumbers numbers;

  /** One response, and the answers that it is about as rows of tokens. */
  record Row<F>(ItemLabel label, F feedback, List<Sequence> answers) {}

  LikelihoodObjective(Likelihood<F> likelihood, TrainingRun run) {
    this.likelihood = likelihood;
    this.numbers = new FreeNumbers(run, likelihood.start());
  }

  @Override
  public Loss loss(LanguageModel model, List<Row<F>> rows) {
    Tensor scores = model.score(Batch.of(sequences(rows))); // [answers of all rows]
    float[] values = scores.toFloatArray();
    Gradient sum = Gradient.zeros(values.length, numbers.values().length);
    double loss = loss(rows, values, sum) / rows.size();
    float[] slopes = new float[values.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = (float) (sum.scores()[i] / rows.size());
    }
    double[] own = sum.numbers();
    for (int i = 0; i < own.length; i++) {
      own[i] /= rows.size();
    }
    numbers.step(own);
    Tensor change = scores.sub(scores.stopGradient()).mul(Tensor.of(slopes)).sum();
    return Loss.of(change.add((float) loss));
  }

  private double loss(List<Row<F>> rows, float[] values, Gradient sum) {
    double loss = 0;
    int at = 0;
    for (Row<F> row : rows) {
      int n = row.answers().size();
      Gradient one = new Gradient(new double[n], sum.numbers());
      double[] scores = new double[n];
      for (int i = 0; i < n; i++) {
        scores[i] = values[at + i];
      }
      loss += likelihood.loss(row.feedback(), scores, numbers.values(), one);
      System.arraycopy(one.scores(), 0, sum.scores(), at, n);
      at += n;
    }
    return loss;
  }

  static <F> List<Sequence> sequences(List<Row<F>> rows) {
    List<Sequence> all = new ArrayList<>();
    rows.forEach(row -> all.addAll(row.answers()));
    return all;
  }

  @Override
  public double[] numbers() {
    return numbers.values();
  }
}

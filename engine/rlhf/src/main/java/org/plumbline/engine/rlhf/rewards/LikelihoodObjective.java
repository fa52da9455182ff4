// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
 * @param <R> a row of feedback
 * @param <F> the feedback as the likelihood takes it
 */
final class LikelihoodObjective<R, F> implements RewardFitting.MemberObjective<R> {
  private final Likelihood<F> likelihood;
  private final Reading<R, F> reading;
  private final FreeNumbers numbers;

  /**
   * What a row says.
   *
   * @param answers that it is about, as rows of tokens, in the order of their scores
   */
  record Reading<R, F>(Function<R, F> feedback, Function<R, List<Sequence>> answers) {

    List<Sequence> all(List<R> rows) {
      List<Sequence> all = new ArrayList<>();
      rows.forEach(row -> all.addAll(answers.apply(row)));
      return all;
    }
  }

  /** One response, and the answers that it is about as rows of tokens. */
  record Row<F>(ItemLabel label, F feedback, List<Sequence> answers) {

    static <F> Reading<Row<F>, F> reading() {
      return new Reading<>(Row::feedback, Row::answers);
    }
  }

  LikelihoodObjective(Likelihood<F> likelihood, Reading<R, F> reading, TrainingRun run) {
    this.likelihood = likelihood;
    this.reading = reading;
    this.numbers = new FreeNumbers(run, likelihood.start());
  }

  @Override
  public Loss loss(LanguageModel model, List<R> rows) {
    Tensor scores = model.score(Batch.of(reading.all(rows))); // [answers of all rows(, outputs)]
    float[] values = scores.toFloatArray();
    Gradient sum = Gradient.zeros(values.length, numbers.values().length);
    double[] exact = new double[values.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = values[i];
    }
    double loss = loss(rows, exact, sum) / rows.size();
    double[] together = new double[values.length];
    loss += likelihood.ofBatch(exact, together);
    float[] slopes = new float[values.length];
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = (float) (sum.scores()[i] / rows.size() + together[i]);
    }
    double[] own = sum.numbers();
    for (int i = 0; i < own.length; i++) {
      own[i] /= rows.size();
    }
    numbers.step(own);
    Tensor change = scores.sub(scores.stopGradient()).mul(Tensor.of(slopes, scores.shape())).sum();
    return Loss.of(change.add((float) loss));
  }

  private double loss(List<R> rows, double[] values, Gradient sum) {
    double loss = 0;
    int at = 0;
    for (R row : rows) {
      int n = reading.answers().apply(row).size() * likelihood.outputs();
      Gradient one = new Gradient(new double[n], sum.numbers());
      double[] scores = new double[n];
      System.arraycopy(values, at, scores, 0, n);
      loss += likelihood.loss(reading.feedback().apply(row), scores, numbers.values(), one);
      System.arraycopy(one.scores(), 0, sum.scores(), at, n);
      at += n;
    }
    return loss;
  }

  @Override
  public double[] numbers() {
    return numbers.values();
  }
}

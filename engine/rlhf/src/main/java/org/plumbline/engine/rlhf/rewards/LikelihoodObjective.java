// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
  private final Content<R, F> content;
  private final FreeNumbers numbers;

  /**
   * What a row says.
   *
   * @param answers that it is about, as rows of tokens, in the order of their scores
   * @param parts the last tokens of the answer's parts, where the row is about these
   */
  record Content<R, F>(
      Function<R, F> feedback,
      Function<R, List<Sequence>> answers,
      Function<R, @Nullable List<Integer>> parts) {

    /** Of rows about whole answers. */
    Content(Function<R, F> feedback, Function<R, List<Sequence>> answers) {
      this(feedback, answers, row -> null);
    }

    private List<Sequence> all(List<R> rows) {
      List<Sequence> all = new ArrayList<>();
      rows.forEach(row -> all.addAll(answers.apply(row)));
      return all;
    }

    private boolean ofParts(List<R> rows) {
      return !rows.isEmpty() && parts.apply(rows.get(0)) != null;
    }

    private int[] places(R row) {
      List<Integer> own = parts.apply(row);
      return own == null ? new int[0] : own.stream().mapToInt(place -> place).toArray();
    }

    /** What a model says of each row: of its answers, or of the parts of its answer. */
    List<double[]> scores(LanguageModel model, List<R> rows) {
      if (ofParts(rows)) {
        return PartScores.of(model, all(rows), rows.stream().map(this::places).toList());
      }
      double[] raw = RewardModel.raw(model, all(rows));
      List<double[]> scores = new ArrayList<>();
      int at = 0;
      for (R row : rows) {
        int n = answers.apply(row).size();
        scores.add(Arrays.copyOfRange(raw, at, at + n));
        at += n;
      }
      return scores;
    }
  }

  /**
   * One response, and the answers that it is about as rows of tokens.
   *
   * @param parts the last tokens of the answer's parts, where the response is about these
   */
  record Row<F>(
      ItemLabel label, F feedback, List<Sequence> answers, @Nullable List<Integer> parts) {

    static <F> Content<Row<F>, F> content() {
      return new Content<>(Row::feedback, Row::answers, Row::parts);
    }
  }

  LikelihoodObjective(Likelihood<F> likelihood, Content<R, F> content, TrainingRun run) {
    this.likelihood = likelihood;
    this.content = content;
    this.numbers = new FreeNumbers(run, likelihood.start());
  }

  @Override
  public Loss loss(LanguageModel model, List<R> rows) {
    Tensor scores = scores(model, rows); // [answers or parts of all rows(, outputs)]
    float[] values = scores.toFloatArray();
    Gradient sum = Gradient.zeros(values.length, numbers.values().length);
    double[] exact = new double[values.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = values[i];
    }
    double loss = loss(rows, exact, model.rewardOutputs(), sum) / rows.size();
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

  /** Its own numbers take a step with each loss, and it may say something of all rows together. */
  @Override
  public boolean divisible() {
    return false;
  }

  private Tensor scores(LanguageModel model, List<R> rows) {
    Batch batch = Batch.of(content.all(rows));
    return content.ofParts(rows)
        ? model.scores(batch, PartScores.flat(batch, rows.stream().map(content::places).toList()))
        : model.score(batch);
  }

  private double loss(List<R> rows, double[] values, int outputs, Gradient sum) {
    boolean ofParts = content.ofParts(rows);
    double loss = 0;
    int at = 0;
    for (R row : rows) {
      int n =
          outputs * (ofParts ? content.places(row).length : content.answers().apply(row).size());
      Gradient one = new Gradient(new double[n], sum.numbers());
      double[] scores = new double[n];
      System.arraycopy(values, at, scores, 0, n);
      loss += likelihood.loss(content.feedback().apply(row), scores, numbers.values(), one);
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

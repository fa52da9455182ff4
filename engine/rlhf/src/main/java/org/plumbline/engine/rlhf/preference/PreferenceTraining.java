// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.AnswerLogProbs;
import org.plumbline.engine.rlhf.training.Fit;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.StageContext;

/**
 * Fits the policy {@code from} to the comparisons {@code feedback}: what all methods that learn
 * from pairs without a reward model share. A method brings its {@link PairLoss}.
 *
 * <p>Log-probabilities are summed over the answer's tokens; the prompt is masked; the end-of-text
 * token counts, and an answer that was cut off has none. The learning rate falls linearly to a
 * tenth.
 */
public final class PreferenceTraining {
  static final double FLOOR = 0.1;

  private PreferenceTraining() {}

  /** What log-ratios are measured from. */
  public enum Reference {
    /** The policy before the first step; its log-probabilities are computed once. */
    START,
    /** Nothing: log-ratios are log-probabilities. */
    NONE
  }

  /** The loss of pairs. */
  @FunctionalInterface
  public interface PairLoss {

    /** The mean loss, and what is logged beside it. */
    Loss of(PairScores pairs);
  }

  /**
   * How to learn.
   *
   * @param operation the name of the method
   * @param batchSize pairs per step
   * @param learningRate the highest of the schedule
   * @param training what the settings say of updates; null where the method has no such key
   */
  public record Settings(
      String operation,
      int steps,
      int batchSize,
      double learningRate,
      @Nullable TrainingSpec training) {}

  /** Trains and writes the artifact. */
  public static void fit(
      StageContext context, Settings settings, Reference measuredFrom, PairLoss loss)
      throws IOException {
    List<Pair> compared = Pairs.read(context.input("feedback"));
    Updates updates =
        Updates.of(
            AdamW.Settings.DEFAULT, Schedule.linear(settings.steps(), FLOOR), settings.training());
    try (LanguageModel start = Models.openModel(context, "from");
        TrainingRun run =
            TrainingRun.of(
                context, settings.steps(), updates.adamW(), () -> start.toTrain(context.seed()))) {
      AnswerFormat format = new AnswerFormat(start);
      List<PairScores.Row> pairs = rows(compared, format, start, measuredFrom);
      format.note(context);
      List<Prompt> asked = compared.stream().map(Pair::prompt).toList();
      List<Sequence> answers = pairs.stream().map(pair -> pair.tokens().chosen()).toList();
      TrainingRows<PairScores.Row> rows =
          new TrainingRows<>(
              pairs, asked, pair -> pair.tokens().sequences(), TrainingRows.Mean.ROWS);
      Fit<PairScores.Row> fit =
          new Fit<>(
                  run,
                  new Fit.Settings(
                      context.seed(), settings.batchSize(), settings.learningRate(), updates),
                  rows,
                  (model, some) -> loss.of(PairScores.of(model, some)))
              .with(
                  new LearningCurve(
                      run,
                      start,
                      asked.stream().distinct().toList(),
                      LearningCurve.Settings.longest(context.seed(), answers)));
      fit.train();
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", settings.operation());
      summary.put("steps", run.taken());
      summary.put("pairs", pairs.size());
      summary.putAll(fit.validation());
      run.finish(summary);
    }
  }

  /** Pairs as rows of tokens, with what they are measured from. */
  static List<PairScores.Row> rows(
      List<Pair> pairs, AnswerFormat format, LanguageModel start, Reference measuredFrom) {
    List<TokenPair> tokens = format.pairs(pairs);
    List<Sequence> sequences = new ArrayList<>();
    tokens.forEach(pair -> sequences.addAll(pair.sequences()));
    double[] logProbs =
        measuredFrom == Reference.NONE
            ? new double[sequences.size()]
            : AnswerLogProbs.of(start, sequences);
    List<PairScores.Row> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      rows.add(
          new PairScores.Row(
              tokens.get(i), logProbs[2 * i], logProbs[2 * i + 1], pairs.get(i).target()));
    }
    return rows;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Fit;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TokenPair;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Fits the policy {@code from} to answers that are good or bad: what methods that learn from single
 * answers share. A method brings its {@link AnswerLoss}.
 *
 * <p>Of comparisons the preferred answer counts as good and the other as bad; ties say neither and
 * are left out. The reference is the policy before the first step. Log-probabilities are summed
 * over the answer's tokens; the learning rate falls linearly to a tenth, as in {@link
 * PreferenceTraining}.
 */
public final class UnpairedTraining {

  private UnpairedTraining() {}

  /** The loss of answers. */
  @FunctionalInterface
  public interface AnswerLoss {

    /** The mean loss, and what is logged beside it. */
    Loss of(AnswerScores answers);
  }

  /** Trains and writes the artifact; a batch is of single answers. */
  public static void fit(
      StageContext context, PreferenceTraining.Settings settings, AnswerLoss loss)
      throws IOException {
    List<Pair> compared =
        Pairs.read(context.input("feedback")).stream().filter(pair -> !pair.tie()).toList();
    if (compared.isEmpty()) {
      throw new StageFailure(
          "PLB0509",
          "none of the comparisons prefers an answer, so none is good or bad",
          "feedback",
          "nothing can be learned from ties alone");
    }
    Updates updates =
        Updates.of(
            AdamW.Settings.DEFAULT,
            Schedule.linear(settings.steps(), PreferenceTraining.FLOOR),
            settings.training());
    try (LanguageModel start = Models.openModel(context, "from");
        TrainingRun run =
            TrainingRun.of(
                context, settings.steps(), updates.adamW(), () -> start.toTrain(context.seed()))) {
      AnswerFormat format = new AnswerFormat(start);
      List<AnswerScores.Row> answers = rows(compared, format, start);
      format.note(context);
      List<Prompt> asked = new ArrayList<>();
      compared.forEach(pair -> asked.addAll(List.of(pair.prompt(), pair.prompt())));
      List<Sequence> good =
          answers.stream().filter(AnswerScores.Row::good).map(AnswerScores.Row::tokens).toList();
      Fit<AnswerScores.Row> fit =
          new Fit<>(
                  run,
                  new Fit.Settings(
                      context.seed(), settings.batchSize(), settings.learningRate(), updates),
                  new TrainingRows<>(
                      answers, asked, row -> List.of(row.tokens()), TrainingRows.Mean.ROWS),
                  (model, some) -> loss.of(AnswerScores.of(model, start, some)))
              .with(
                  new LearningCurve(
                      run,
                      start,
                      asked.stream().distinct().toList(),
                      LearningCurve.Settings.longest(context.seed(), good)));
      fit.train();
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", settings.operation());
      summary.put("steps", run.taken());
      summary.put("answers", answers.size());
      summary.putAll(fit.validation());
      run.finish(summary);
    }
  }

  /** The better answer of each pair, then the other. */
  private static List<AnswerScores.Row> rows(
      List<Pair> pairs, AnswerFormat format, LanguageModel start) {
    List<TokenPair> tokens = format.pairs(pairs);
    double[] logProbs = PreferenceTraining.logProbs(start, tokens);
    List<AnswerScores.Row> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      rows.add(new AnswerScores.Row(tokens.get(i).chosen(), logProbs[2 * i], true));
      rows.add(new AnswerScores.Row(tokens.get(i).rejected(), logProbs[2 * i + 1], false));
    }
    return rows;
  }
}

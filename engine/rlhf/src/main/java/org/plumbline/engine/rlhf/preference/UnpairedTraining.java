// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.Pair;
import org.plumbline.engine.rlhf.data.Pairs;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response;
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
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/**
 * Fits the policy {@code from} to answers that are good or bad: what methods that learn from single
 * answers share. A method brings its {@link AnswerLoss}.
 *
 * <p>Of comparisons the preferred answer counts as good and the other as bad; ties say neither and
 * are left out. Of labels the first class counts as good and the others as bad; {@code other} is
 * left out. The reference is the policy before the first step. Log-probabilities are summed over
 * the answer's tokens; the learning rate falls linearly to a tenth, as in {@link
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
      Judged judged = judged(context.input("feedback"), format, start);
      format.note(context);
      List<AnswerScores.Row> answers = judged.rows();
      List<Prompt> asked = judged.prompts();
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

  /** Answers that are good or bad, and the prompt of each. */
  private record Judged(List<AnswerScores.Row> rows, List<Prompt> prompts) {}

  private static Judged judged(Artifact feedback, AnswerFormat format, LanguageModel start)
      throws IOException {
    Judged judged =
        Files.exists(feedback.folder().resolve(Pairs.FILE))
            ? compared(feedback, format, start)
            : labelled(feedback, format, start);
    if (judged.rows().isEmpty()) {
      throw new StageFailure(
          "PLB0509",
          "none of the comparisons prefers an answer, so none is good or bad",
          "feedback",
          "nothing can be learned from ties alone");
    }
    return judged;
  }

  /** The better answer of each pair, then the other. */
  private static Judged compared(Artifact feedback, AnswerFormat format, LanguageModel start)
      throws IOException {
    List<Pair> pairs = Pairs.read(feedback).stream().filter(pair -> !pair.tie()).toList();
    List<TokenPair> tokens = format.pairs(pairs);
    List<Sequence> sequences = new ArrayList<>();
    tokens.forEach(pair -> sequences.addAll(pair.sequences()));
    double[] logProbs = AnswerLogProbs.of(start, sequences);
    List<AnswerScores.Row> rows = new ArrayList<>();
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      rows.add(new AnswerScores.Row(tokens.get(i).chosen(), logProbs[2 * i], true));
      rows.add(new AnswerScores.Row(tokens.get(i).rejected(), logProbs[2 * i + 1], false));
      prompts.addAll(List.of(pairs.get(i).prompt(), pairs.get(i).prompt()));
    }
    return new Judged(rows, prompts);
  }

  private static Judged labelled(Artifact feedback, AnswerFormat format, LanguageModel start)
      throws IOException {
    List<Exchange> answers = new ArrayList<>();
    List<Boolean> good = new ArrayList<>();
    for (ItemLabel label : ItemLabel.read(feedback)) {
      if (label.response() instanceof Response.Label said && said.rank() >= 0) {
        answers.add(label.item().exchanges().get(0));
        good.add(said.rank() == 0);
      }
    }
    List<Sequence> tokens = format.examples(answers);
    double[] logProbs = AnswerLogProbs.of(start, tokens);
    List<AnswerScores.Row> rows = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      rows.add(new AnswerScores.Row(tokens.get(i), logProbs[i], good.get(i)));
    }
    return new Judged(rows, answers.stream().map(Exchange::prompt).toList());
  }
}

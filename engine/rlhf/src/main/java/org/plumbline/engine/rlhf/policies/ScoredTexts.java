// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.DataSet;
import org.plumbline.engine.rlhf.data.RowShape;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.rewards.RewardFunction;
import org.plumbline.engine.rlhf.rewards.Rewards;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Fit;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.statistics.Moments;

/**
 * Learns texts that a reward has scored, as Korbak et al., "Pretraining Language Models with Human
 * Preferences", ICML 2023, arXiv:2302.08582, do in several ways.
 *
 * <p>A text is an answer to its prompt or, where the data has no prompts, to the empty one; the
 * loss is on answers only. Scores are normalised by the reward model. The learning rate rises over
 * a fifth of the steps, 20 at most, and falls linearly to a tenth.
 */
final class ScoredTexts {
  private static final double FLOOR = 0.1;

  private ScoredTexts() {}

  /** A text and what the reward says of it. */
  record Row(Prompt prompt, Sequence tokens, double reward) {}

  /** How to learn. */
  record Settings(String operation, int steps, int batchSize, double learningRate) {}

  /**
   * Trains the policy {@code from} and writes the artifact.
   *
   * @param learned which texts are learned from
   * @param objective what is learned from them
   */
  static void fit(
      StageContext context, Settings settings, Predicate<Row> learned, Fit.Objective<Row> objective)
      throws IOException {
    Updates updates =
        Updates.of(AdamW.Settings.DEFAULT, Schedule.briefRise(settings.steps(), FLOOR), null);
    try (LanguageModel start = Models.openModel(context, "from");
        TrainingRun run =
            TrainingRun.of(
                context, settings.steps(), updates.adamW(), () -> start.toTrain(context.seed()))) {
      List<Row> all = scored(context, start);
      double mean = Moments.mean(all.stream().mapToDouble(Row::reward).toArray());
      List<Row> rows = all.stream().filter(learned).toList();
      if (rows.isEmpty()) {
        double best = all.stream().mapToDouble(Row::reward).max().orElseThrow();
        throw new StageFailure(
            "PLB0509",
            "none of %d texts has a score that is learned; the best has %.3g"
                .formatted(all.size(), best),
            "threshold",
            "lower `threshold`");
      }
      if (all.stream().mapToDouble(Row::reward).distinct().count() == 1) {
        context.note("the reward says the same of all texts, so that it makes no difference here");
      }
      Fit<Row> fit =
          new Fit<>(
              run,
              new Fit.Settings(
                  context.seed(), settings.batchSize(), settings.learningRate(), updates),
              new TrainingRows<>(
                  rows,
                  rows.stream().map(Row::prompt).toList(),
                  row -> List.of(row.tokens()),
                  TrainingRows.Mean.TOKENS),
              objective);
      fit.with(
              new LearningCurve(
                  run,
                  start,
                  rows.stream().map(Row::prompt).distinct().toList(),
                  LearningCurve.Settings.longest(
                      context.seed(), rows.stream().map(Row::tokens).toList())))
          .train();
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", settings.operation());
      summary.put("steps", run.taken());
      summary.put("tokens", fit.tokens());
      summary.put("texts", all.size());
      summary.put("learned", rows.size());
      summary.put("reward", mean);
      summary.put("learned_reward", Moments.mean(rows.stream().mapToDouble(Row::reward).toArray()));
      run.finish(summary);
    }
  }

  private static List<Row> scored(StageContext context, LanguageModel start) throws IOException {
    DataSet data = DataSet.of(context, "data");
    List<Exchange> texts = new ArrayList<>();
    if (data.shape() == RowShape.TEXT) {
      Prompt nothing = Prompt.of("");
      data.texts().forEach(text -> texts.add(Exchange.of(nothing, nothing.answer(text))));
    } else {
      data.demonstrations().forEach(row -> texts.add(Exchange.of(row.prompt(), row.completion())));
    }
    AnswerFormat format = new AnswerFormat(start);
    List<Sequence> tokens = format.examples(texts);
    format.note(context);
    double[] rewards;
    try (RewardFunction reward = Rewards.open(context, context.input("reward"))) {
      rewards = reward.score(texts).score();
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      rows.add(new Row(texts.get(i).prompt(), tokens.get(i), rewards[i]));
    }
    return rows;
  }

  /** Texts as a batch. */
  static Batch batch(List<Row> rows) {
    return Batch.of(rows.stream().map(Row::tokens).toList());
  }

  /** A number for each text, at each of its tokens: [batch, time-1]. */
  static Tensor perToken(Batch batch, double[] each) {
    float[] column = new float[each.length];
    for (int i = 0; i < each.length; i++) {
      column[i] = (float) each[i];
    }
    return batch.mask().mul(Tensor.of(column, each.length, 1));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.policy.TextFittingSpec;
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
import org.plumbline.engine.rlhf.monitors.Watch;
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

  /**
   * What a method makes of the texts.
   *
   * @param learned which of them are learned from
   * @param objective what is learned from them
   * @param model what is done to the model before the first step
   * @param marks what is put before them
   */
  record Method(
      Predicate<Row> learned,
      Fit.Objective<Row> objective,
      UnaryOperator<LanguageModel> model,
      @Nullable Marks marks) {

    /** Of model and texts as they are. */
    static Method of(Predicate<Row> learned, Fit.Objective<Row> objective) {
      return new Method(learned, objective, UnaryOperator.identity(), null);
    }
  }

  /** Says what each text begins with. */
  @FunctionalInterface
  interface Marks {
    List<String> of(List<Exchange> texts, double[] rewards);
  }

  /** Trains the policy {@code from} and writes the artifact. */
  static void fit(StageContext context, String operation, TextFittingSpec settings, Method method)
      throws IOException {
    Updates updates =
        Updates.of(
            AdamW.Settings.DEFAULT,
            Schedule.briefRise(settings.steps(), FLOOR),
            settings.training());
    try (LanguageModel start = Models.openModel(context, "from");
        TrainingRun run =
            TrainingRun.of(
                context,
                settings.steps(),
                updates.adamW(),
                () -> method.model().apply(start.toTrain(context.seed())))) {
      List<Row> all = scored(context, start, method.marks());
      double mean = Moments.mean(rewards(all));
      List<Row> rows = all.stream().filter(method.learned()).toList();
      if (rows.isEmpty()) {
        throw none("has a score that is learned", rewards(all));
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
              method.objective());
      fit.with(
              new LearningCurve(
                      run,
                      start,
                      rows.stream().map(Row::prompt).distinct().toList(),
                      LearningCurve.Settings.longest(
                          context.seed(), rows.stream().map(Row::tokens).toList()))
                  .watched(Watch.of(context, run)))
          .train();
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", operation);
      summary.put("steps", run.taken());
      summary.put("tokens", fit.tokens());
      summary.put("texts", all.size());
      summary.put("learned", rows.size());
      summary.put("reward", mean);
      summary.put("learned_reward", Moments.mean(rewards(rows)));
      if (!run.model().mark().isEmpty()) {
        summary.put("mark", run.model().mark());
      }
      summary.putAll(fit.validation());
      run.finish(summary);
    }
  }

  /** A failure: none of the texts is what a method needs. */
  static StageFailure none(String what, double[] rewards) {
    double best = Arrays.stream(rewards).max().orElseThrow();
    return new StageFailure(
        "PLB0509",
        "none of %d texts %s; the best has %.3g".formatted(rewards.length, what, best),
        "threshold",
        "lower `threshold`");
  }

  private static double[] rewards(List<Row> rows) {
    return rows.stream().mapToDouble(Row::reward).toArray();
  }

  private static List<Row> scored(StageContext context, LanguageModel start, @Nullable Marks marks)
      throws IOException {
    DataSet data = DataSet.of(context, "data");
    List<Exchange> texts = new ArrayList<>();
    if (data.shape() == RowShape.TEXT) {
      Prompt nothing = Prompt.of("");
      data.texts().forEach(text -> texts.add(Exchange.of(nothing, nothing.answer(text))));
    } else {
      data.demonstrations().forEach(row -> texts.add(Exchange.of(row.prompt(), row.completion())));
    }
    double[] rewards;
    try (RewardFunction reward = Rewards.open(context, context.input("reward"))) {
      rewards = reward.score(texts).score();
    }
    AnswerFormat format = new AnswerFormat(start);
    List<Sequence> tokens =
        marks == null ? format.examples(texts) : format.examples(texts, marks.of(texts, rewards));
    format.note(context);
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

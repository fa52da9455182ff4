package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.TrainingSpec;
import org.plumbline.engine.lm.AdamW;
import org.plumbline.engine.lm.Batch;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.MicroBatches;
import org.plumbline.engine.lm.Scope;
import org.plumbline.engine.lm.Sequence;
import org.plumbline.engine.lm.StepResult;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.rlhf.training.Validation;
import org.plumbline.engine.store.StageContext;

/** Maximum likelihood of answers, which {@link Supervised} and {@link CritiqueRevision} share. */
final class AnswerFitting {
  private static final int WARM_UP = 20;
  private static final double FLOOR = 0.1;
  private static final int ROWS_AT_ONCE = 32;

  private final StageContext context;
  private final TrainingRun run;
  private final LanguageModel start;

  /**
   * A fitting of the run's model.
   *
   * @param start the model before the first step, which drift is measured from
   */
  AnswerFitting(StageContext context, TrainingRun run, LanguageModel start) {
    this.context = context;
    this.run = run;
    this.start = start;
  }

  /** How to learn. */
  record Settings(int steps, int batchSize, double learningRate, Updates updates) {

    /** With this method's own way of updating, changed by what the settings say. */
    static Settings of(
        int steps,
        int batchSize,
        double learningRate,
        double weightDecay,
        @Nullable TrainingSpec training) {
      AdamW.Settings adamW = AdamW.Settings.DEFAULT.withWeightDecay(weightDecay);
      Schedule schedule = Schedule.linear(WARM_UP, steps, FLOOR);
      return new Settings(steps, batchSize, learningRate, Updates.of(adamW, schedule, training));
    }
  }

  /** Takes all steps from the run's first on; returns what a summary says of them. */
  Map<String, Object> fit(List<Exchange> examples, Settings settings) throws IOException {
    AnswerFormat format = new AnswerFormat(start);
    List<Sequence> all = examples.stream().map(format::example).toList();
    format.note(context);
    List<Prompt> asked = examples.stream().map(Exchange::prompt).toList();
    Updates updates = settings.updates();
    Validation<Sequence> validation =
        Validation.of(updates.asked().validation(), all, asked, context.seed());
    List<Sequence> rows = validation.training();
    if (updates.activationCheckpointing()) {
      run.model().withActivationCheckpointing();
    }
    LearningCurve curve =
        new LearningCurve(
            run,
            start,
            asked.stream().distinct().toList(),
            LearningCurve.Settings.longest(context.seed(), rows));
    DataOrder order = order(rows, settings);
    long tokens = (long) run.number("tokens", 0);
    for (long step = run.firstStep(); step < settings.steps() && !validation.stops(run); step++) {
      curve.sample(step, settings.steps());
      int[] chosen = order.batch(step);
      List<Sequence> batch = TrainingRun.pick(rows, chosen);
      double rate = settings.learningRate() * updates.factor(step);
      StepResult result = step(step, chosen, rate, batch, updates.microBatch(batch.size()));
      tokens += Batch.of(batch).completionTokens();
      run.keep("tokens", (double) tokens);
      Map<String, Double> metrics = metrics(result, rate);
      metrics.putAll(validation.after(step, run, held -> Map.of("loss", loss(held))));
      run.done(step, metrics);
    }
    curve.sample(run.taken(), run.taken());
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("steps", run.taken());
    summary.put("tokens", tokens);
    summary.putAll(validation.summary(run));
    return summary;
  }

  private DataOrder order(List<Sequence> rows, Settings settings) {
    if (!settings.updates().lengthBuckets()) {
      return new DataOrder(context.seed(), rows.size(), settings.batchSize());
    }
    int[] lengths = rows.stream().mapToInt(Sequence::length).toArray();
    return DataOrder.byLength(context.seed(), lengths, settings.batchSize());
  }

  private StepResult step(
      long step, int[] chosen, double rate, List<Sequence> rows, int microBatch) {
    if (microBatch >= rows.size()) {
      Batch batch = Batch.of(rows);
      return run.update(step, chosen, rate, () -> run.model().meanLoss(batch));
    }
    return run.update(
        step,
        chosen,
        rate,
        MicroBatches.of(rows, microBatch),
        part -> run.model().meanLoss(part.batch()).mul((float) part.tokenShare()));
  }

  /** The mean over the tokens of rows that are not trained on. */
  private double loss(List<Sequence> rows) {
    double loss = 0;
    for (MicroBatches.Part part : MicroBatches.of(rows, ROWS_AT_ONCE)) {
      try (Scope scope = Scope.open()) {
        loss += part.tokenShare() * run.model().meanLoss(part.batch()).item();
      }
    }
    return loss;
  }

  private static Map<String, Double> metrics(StepResult result, double rate) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("loss", result.loss());
    row.put("gradient_norm", result.gradientNorm());
    row.put("learning_rate", rate);
    return row;
  }
}

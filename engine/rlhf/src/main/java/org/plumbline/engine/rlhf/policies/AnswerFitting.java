// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.monitors.Watch;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Fit;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.StageContext;

/** Maximum likelihood of answers, which {@link Supervised} and {@link CritiqueRevision} share. */
final class AnswerFitting {
  private static final int WARM_UP = 20;
  private static final double FLOOR = 0.1;

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
    this.run = run.besides(start);
    this.start = start;
  }

  /** How to learn. */
  record Settings(int batchSize, double learningRate, Updates updates) {

    /** With this method's own way of updating, changed by what the settings say. */
    static Settings of(
        int steps,
        int batchSize,
        double learningRate,
        double weightDecay,
        @Nullable TrainingSpec training) {
      AdamW.Settings adamW = AdamW.Settings.DEFAULT.withWeightDecay(weightDecay);
      Schedule schedule = Schedule.linear(WARM_UP, steps, FLOOR);
      return new Settings(batchSize, learningRate, Updates.of(adamW, schedule, training));
    }
  }

  /** Takes all steps from the run's first on; returns what a summary says of them. */
  Map<String, Object> fit(List<Exchange> examples, Settings settings) throws IOException {
    AnswerFormat format = new AnswerFormat(start);
    List<Sequence> all = format.examples(examples);
    format.note(context);
    List<Prompt> asked = examples.stream().map(Exchange::prompt).toList();
    Fit<Sequence> fit =
        new Fit<>(
            run,
            new Fit.Settings(
                context.seed(), settings.batchSize(), settings.learningRate(), settings.updates()),
            new TrainingRows<>(all, asked, List::of, TrainingRows.Mean.TOKENS),
            (model, rows) -> Loss.of(model.meanLoss(Batch.of(rows))));
    fit.with(
            new LearningCurve(
                    run,
                    start,
                    asked.stream().distinct().toList(),
                    LearningCurve.Settings.longest(context.seed(), fit.training()))
                .watched(Watch.of(context, run)))
        .train();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("steps", run.taken());
    summary.put("tokens", fit.tokens());
    summary.putAll(fit.validation());
    return summary;
  }
}

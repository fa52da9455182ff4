// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.rlhf.answers.Models;
import org.plumbline.engine.rlhf.monitors.Watch;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.Fit;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.StageContext;
import org.plumbline.engine.run.StageFailure;

/**
 * Fits the policy {@code from} to rows of feedback: what methods share, whatever a row is.
 *
 * <p>The learning rate falls linearly to a tenth, unless the settings say otherwise. Answers for
 * the learning curve are as long as the longest that is learned from, and are measured from the
 * policy before the first step.
 */
final class PolicyFitting {
  private static final double FLOOR = 0.1;

  private PolicyFitting() {}

  /**
   * How to learn.
   *
   * @param operation the name of the method
   * @param batchSize rows per step
   * @param learningRate the highest of the schedule
   * @param training what the settings say of updates
   */
  record Settings(
      String operation,
      int steps,
      int batchSize,
      double learningRate,
      @Nullable TrainingSpec training) {

    Updates updates() {
      return Updates.of(AdamW.Settings.DEFAULT, Schedule.linear(steps, FLOOR), training);
    }
  }

  /**
   * What is learned.
   *
   * @param unit what a row is, in the plural, as the summary calls it
   * @param learned the answers that become likelier
   */
  record Task<R>(
      String unit, TrainingRows<R> rows, List<Sequence> learned, Fit.Objective<R> objective) {}

  /** Makes of feedback what is learned. */
  @FunctionalInterface
  interface Preparation<R> {

    /**
     * The rows, and what is learned from them.
     *
     * @param start the policy before the first step
     */
    Task<R> task(LanguageModel start, AnswerFormat format, TrainingRun run) throws IOException;
  }

  /** Trains and writes the artifact. */
  static <R> void fit(StageContext context, Settings settings, Preparation<R> preparation)
      throws IOException {
    Updates updates = settings.updates();
    try (LanguageModel start = Models.openModel(context, "from");
        TrainingRun run =
            TrainingRun.of(
                context, settings.steps(), updates.adamW(), () -> start.toTrain(context.seed()))) {
      run.besides(start);
      AnswerFormat format = new AnswerFormat(start);
      Task<R> task = preparation.task(start, format, run);
      format.note(context);
      Fit<R> fit =
          new Fit<>(
                  run,
                  new Fit.Settings(
                      context.seed(), settings.batchSize(), settings.learningRate(), updates),
                  task.rows(),
                  task.objective())
              .with(
                  new LearningCurve(
                          run,
                          start,
                          task.rows().prompts().stream().distinct().toList(),
                          LearningCurve.Settings.longest(context.seed(), task.learned()))
                      .watched(Watch.of(context, run)));
      fit.train();
      Map<String, Object> summary = new LinkedHashMap<>();
      summary.put("operation", settings.operation());
      summary.put("steps", run.taken());
      summary.put(task.unit(), task.rows().all().size());
      summary.putAll(fit.validation());
      run.finish(summary);
    }
  }

  /** Stops where there is nothing to learn from. */
  static void require(boolean learnable, String what) {
    require(learnable, what, "nothing can be learned from answers that are all equal");
  }

  /** The same with other advice. */
  static void require(boolean learnable, String what, String help) {
    if (!learnable) {
      throw new StageFailure("PLB0509", what, "feedback", help);
    }
  }
}

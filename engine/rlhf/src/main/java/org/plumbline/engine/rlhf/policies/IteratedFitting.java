// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Batch;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.monitors.Watch;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.StageContext;

/**
 * Iterations in which a policy makes answers, and then learns those that were chosen: what {@link
 * ExpertIteration} and {@link LanguageFeedback} share.
 *
 * <p>Every iteration has a learning rate that rises over a fifth of its steps, 20 at most, and
 * falls linearly to a tenth. The optimiser's moments go on, or begin anew with a policy that does.
 */
final class IteratedFitting {
  private static final double FLOOR = 0.1;

  private final StageContext context;
  private final Settings settings;
  private final LanguageModel start;
  private final Source answers;
  private final TrainingRun run;

  /** What is learned in each iteration. */
  interface Source {

    /** Whose answers are kept for the learning curve. */
    List<Prompt> prompts();

    /**
     * Has the policy make answers for an iteration, and chooses among them.
     *
     * @return why there is nothing more to learn; null if there is
     */
    @Nullable String sample(int iteration, TrainingRun run) throws IOException;

    /** What was chosen for an iteration. */
    List<Exchange> of(int iteration);

    /** What is logged of the iteration, with every step. */
    Map<String, Double> logged(TrainingRun run);
  }

  /**
   * How to learn.
   *
   * @param steps of each iteration
   * @param fromStart whether each iteration trains the policy that the first one did
   * @param longest tokens of answers for the learning curve
   */
  record Settings(
      int iterations,
      int steps,
      int batchSize,
      double learningRate,
      boolean fromStart,
      int longest) {}

  IteratedFitting(StageContext context, Settings settings, LanguageModel start, Work work) {
    this.context = context;
    this.settings = settings;
    this.start = start;
    this.answers = work.answers();
    this.run = work.run();
  }

  /** What is trained, on what. */
  record Work(Source answers, TrainingRun run) {}

  /** A run of all iterations' steps. */
  static TrainingRun run(StageContext context, Settings settings, LanguageModel start)
      throws IOException {
    long steps = (long) settings.iterations() * settings.steps();
    return TrainingRun.of(
            context, steps, AdamW.Settings.DEFAULT, () -> start.toTrain(context.seed()))
        .besides(start);
  }

  /** Takes all steps, or fewer if there is nothing more to learn. */
  void train() throws IOException {
    int steps = settings.steps();
    Updates updates = Updates.of(AdamW.Settings.DEFAULT, Schedule.briefRise(steps, FLOOR), null);
    LearningCurve curve =
        new LearningCurve(
                run,
                start,
                answers.prompts(),
                new LearningCurve.Settings(context.seed(), settings.longest()))
            .watched(Watch.of(context, run));
    List<Sequence> rows = List.of();
    DataOrder order = new DataOrder(context.seed(), 1, settings.batchSize());
    for (long step = run.firstStep(); step < run.steps(); step++) {
      int iteration = (int) (step / steps);
      curve.sample(step, run.steps());
      if (run.stopped()) {
        break;
      }
      if (step % steps == 0) {
        String reason = answers.sample(iteration, run);
        if (reason != null) {
          context.note(
              "it stops after %d of %d iterations: %s"
                  .formatted(iteration, settings.iterations(), reason));
          break;
        }
        if (iteration > 0 && settings.fromStart()) {
          run.restart(start.toTrain(context.seed()));
        }
      }
      if (rows.isEmpty() || step % steps == 0) {
        rows = rows(answers.of(iteration));
        order = new DataOrder(context.seed() + iteration, rows.size(), settings.batchSize());
      }
      int[] chosen = order.batch(step % steps);
      List<Sequence> batch = TrainingRun.pick(rows, chosen);
      double rate = settings.learningRate() * updates.factor(step % steps);
      StepResult result =
          run.update(step, chosen, rate, () -> run.model().meanLoss(Batch.of(batch)));
      Map<String, Double> logged = new LinkedHashMap<>();
      logged.put("loss", result.loss());
      logged.put("iteration", iteration + 1.0);
      logged.putAll(answers.logged(run));
      logged.put("gradient_norm", result.gradientNorm());
      logged.put("learning_rate", rate);
      run.done(step, logged);
    }
    if (!run.stopped()) {
      curve.sample(run.taken(), run.taken());
    }
  }

  private List<Sequence> rows(List<Exchange> learned) {
    AnswerFormat format = new AnswerFormat(start);
    List<Sequence> rows = format.examples(learned);
    format.note(context);
    return rows;
  }
}

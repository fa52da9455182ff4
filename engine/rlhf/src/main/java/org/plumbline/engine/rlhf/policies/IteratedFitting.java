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
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.rlhf.conversation.Exchange;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.monitors.Watch;
import org.plumbline.engine.rlhf.numerics.Schedule;
import org.plumbline.engine.rlhf.training.AnswerFormat;
import org.plumbline.engine.rlhf.training.DataOrder;
import org.plumbline.engine.rlhf.training.Effort;
import org.plumbline.engine.rlhf.training.LearningCurve;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.StepRows;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.rlhf.training.TrainingRun;
import org.plumbline.engine.rlhf.training.Updates;
import org.plumbline.engine.run.StageContext;

/**
 * Iterations in which a policy makes answers, and then learns those that were chosen: what {@link
 * ExpertIteration} and {@link LanguageFeedback} share.
 *
 * <p>Unless the settings say otherwise, every iteration has a learning rate that rises over a fifth
 * of its steps, 20 at most, and falls linearly to a tenth. The optimiser's moments go on, or begin
 * anew with a policy that does.
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
   * @param training what the settings say of updates
   */
  record Settings(
      int iterations,
      int steps,
      int batchSize,
      double learningRate,
      boolean fromStart,
      int longest,
      @Nullable TrainingSpec training) {

    Updates updates() {
      return Updates.of(AdamW.Settings.DEFAULT, Schedule.briefRise(steps, FLOOR), training);
    }
  }

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
            context, steps, settings.updates().adamW(), () -> start.toTrain(context.seed()))
        .besides(start);
  }

  /** Takes all steps, or fewer if there is nothing more to learn. */
  void train() throws IOException {
    int steps = settings.steps();
    Updates updates = settings.updates();
    updates.prepare(run);
    LearningCurve curve =
        new LearningCurve(
                run,
                start,
                answers.prompts(),
                new LearningCurve.Settings(context.seed(), settings.longest()))
            .watched(Watch.of(context, run))
            .within(
                updates.watching(),
                (prompt, answer) ->
                    Effort.learning(
                        run.model(), run.steps() * settings.batchSize() * (prompt + answer)));
    TrainingRows<Sequence> rows = rows(List.of());
    DataOrder order = new DataOrder(context.seed(), 1, settings.batchSize());
    for (long step = run.firstStep(); step < run.steps(); step++) {
      int iteration = (int) (step / steps);
      if (!run.resumedBetween(step)) {
        curve.sample(step, run.steps());
      }
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
          updates.prepare(run);
        }
      }
      if (rows.all().isEmpty() || step % steps == 0) {
        rows = rows(answers.of(iteration));
        order = order(rows, iteration, updates);
      }
      int[] chosen = order.batch(step % steps);
      double rate = settings.learningRate() * updates.factor(step % steps);
      StepResult result = step(rows, new StepRows.Place(step, chosen, rate), updates);
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

  private StepResult step(TrainingRows<Sequence> rows, StepRows.Place place, Updates updates) {
    List<Sequence> batch = TrainingRun.pick(rows.all(), place.chosen());
    int size = updates.microBatch(batch.size());
    return new StepRows<>(batch, size, Sequence::length, part -> rows.share(part, batch))
        .take(
            run,
            place,
            part -> Loss.of(run.model().meanLoss(Batch.of(part))),
            new LinkedHashMap<>());
  }

  private DataOrder order(TrainingRows<Sequence> rows, int iteration, Updates updates) {
    long seed = context.seed() + iteration;
    if (!updates.lengthBuckets()) {
      return new DataOrder(seed, rows.all().size(), settings.batchSize());
    }
    int[] lengths = rows.all().stream().mapToInt(rows::length).toArray();
    return DataOrder.byLength(seed, lengths, settings.batchSize());
  }

  private TrainingRows<Sequence> rows(List<Exchange> learned) {
    AnswerFormat format = new AnswerFormat(start);
    List<Sequence> rows = format.examples(learned);
    format.note(context);
    List<Prompt> asked = learned.stream().map(Exchange::prompt).toList();
    return new TrainingRows<>(rows, asked, List::of, TrainingRows.Mean.TOKENS);
  }
}

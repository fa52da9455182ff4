// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.batch.Sequence;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * The loop of every training that is fitted to given rows: the order of the data, the schedule of
 * the learning rate, steps in parts, validation and its early stop, the learning curve, the log and
 * checkpoints. What is learned is an {@link Objective}.
 *
 * @param <R> a row
 */
public final class Fit<R> {
  /** Held-out rows that are measured at once. */
  private static final int MEASURED_AT_ONCE = 32;

  private final TrainingRun run;
  private final Settings settings;
  private final TrainingRows<R> rows;
  private final Objective<R> objective;
  private final Validation<R> validation;
  private @Nullable LearningCurve curve;
  private long tokens;

  /** What is learned from rows. */
  @FunctionalInterface
  public interface Objective<R> {

    /**
     * The mean loss of some rows under the model as it is; several threads ask for different rows
     * at once.
     */
    Loss loss(LanguageModel model, List<R> rows);

    /**
     * The same of parts of a step, where something in it hangs on all of the step's rows; no
     * gradient goes through that. Itself by default.
     *
     * @param step all rows that are trained on, or measured, together
     */
    default Objective<R> within(LanguageModel model, List<R> step) {
      return this;
    }

    /**
     * Takes note of a step that was trained, before its checkpoint; does nothing by default.
     *
     * @param logged what was logged beside the loss
     */
    default void trained(long step, Map<String, Double> logged) {}

    /**
     * Whether the loss of a step is the mean of its rows' losses, and may be asked for several
     * parts at once; true by default.
     */
    default boolean divisible() {
      return true;
    }
  }

  /**
   * How to learn.
   *
   * @param seed of the order of the rows
   * @param batchSize rows per step
   * @param learningRate the highest of the schedule
   * @param updates the constants of the optimiser, the schedule and what the settings say
   */
  public record Settings(long seed, int batchSize, double learningRate, Updates updates) {}

  /** A fit of the run's model; nothing is computed yet. */
  public Fit(TrainingRun run, Settings settings, TrainingRows<R> rows, Objective<R> objective) {
    this.run = run;
    this.settings = settings;
    this.rows = rows;
    this.objective = objective;
    this.validation =
        Validation.of(
            settings.updates().asked().validation(), rows.all(), rows.prompts(), settings.seed());
    this.tokens = (long) run.number("tokens", 0);
  }

  /** The rows that are trained on: all, without those that are held out for validation. */
  public List<R> training() {
    return validation.training();
  }

  /** Keeps samples of the model along the way. */
  public Fit<R> with(LearningCurve samples) {
    this.curve =
        samples.within(
            settings.updates().watching(),
            (prompt, answer) -> Effort.learning(run.model(), run.steps() * tokensOfStep()));
    return this;
  }

  /** Tokens that a step reads, on average. */
  private double tokensOfStep() {
    double all = training().stream().mapToLong(this::tokens).sum();
    return all / training().size() * settings.batchSize();
  }

  /** Takes all steps from the run's first on, or fewer if validation or a monitor says so. */
  public void train() throws IOException {
    settings.updates().prepare(run);
    DataOrder order = order();
    for (long step = run.firstStep(); step < run.steps() && !validation.stops(run); step++) {
      sample(step, run.steps());
      if (run.stopped()) {
        return;
      }
      int[] chosen = order.batch(step);
      List<R> batch = TrainingRun.pick(training(), chosen);
      double rate = settings.learningRate() * settings.updates().factor(step);
      Map<String, Double> logged = new LinkedHashMap<>();
      StepResult result = step(step, chosen, rate, batch, logged);
      objective.trained(step, logged);
      tokens += rows.tokens(batch);
      run.keep("tokens", (double) tokens);
      Map<String, Double> row = new LinkedHashMap<>();
      row.put("loss", result.loss());
      row.putAll(logged);
      row.put("gradient_norm", result.gradientNorm());
      row.put("learning_rate", rate);
      validate(step, row);
      run.done(step, row);
    }
    sample(run.taken(), run.taken());
  }

  /** Tokens of all that a row says. */
  private long tokens(R row) {
    return rows.sequences().apply(row).stream().mapToLong(Sequence::length).sum();
  }

  private void validate(long step, Map<String, Double> row) throws IOException {
    if (validation.isDue(step, run)) {
      run.watching(() -> row.putAll(validation.after(step, run, this::measured)));
    }
  }

  private void sample(long done, long steps) throws IOException {
    if (curve != null) {
      curve.sample(done, steps);
    }
  }

  private DataOrder order() {
    List<R> all = training();
    if (!settings.updates().lengthBuckets()) {
      return new DataOrder(settings.seed(), all.size(), settings.batchSize());
    }
    int[] lengths = all.stream().mapToInt(rows::length).toArray();
    return DataOrder.byLength(settings.seed(), lengths, settings.batchSize());
  }

  private StepResult step(
      long step, int[] chosen, double rate, List<R> batch, Map<String, Double> logged) {
    Objective<R> within = objective.within(run.model(), batch);
    int size = settings.updates().microBatch(batch.size());
    // what has no length is not divided
    ToLongFunction<R> tokens = objective.divisible() ? this::tokens : row -> 0;
    return new StepRows<>(batch, size, tokens, part -> rows.share(part, batch))
        .take(
            run,
            new StepRows.Place(step, chosen, rate),
            part -> within.loss(run.model(), part),
            logged);
  }

  private static void add(Map<String, Double> logged, Loss loss, double share) {
    loss.logged().forEach((name, value) -> logged.merge(name, share * value, Double::sum));
  }

  /** Loss and all that is logged beside it, of rows that are not trained on. */
  private Map<String, Double> measured(List<R> heldOut) {
    double sum = 0;
    Map<String, Double> logged = new LinkedHashMap<>();
    Objective<R> within = objective.within(run.model(), heldOut);
    for (List<R> part : StepRows.parts(heldOut, MEASURED_AT_ONCE)) {
      try (TensorScope scope = TensorScope.open()) {
        double share = rows.share(part, heldOut);
        Loss loss = within.loss(run.model(), part);
        sum += share * loss.value().item();
        add(logged, loss, share);
      }
    }
    Map<String, Double> all = new LinkedHashMap<>();
    all.put("loss", sum);
    all.putAll(logged);
    return all;
  }

  /** Tokens of answers that were learned from, those before an interruption included. */
  public long tokens() {
    return tokens;
  }

  /** What a summary says of validation; empty if nothing was held out. */
  public Map<String, Object> validation() {
    return validation.summary(run);
  }
}

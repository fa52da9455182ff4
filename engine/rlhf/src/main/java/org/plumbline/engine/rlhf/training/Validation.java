// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.run.StageFailure;

/**
 * Rows that are not trained on, and the early stop that they may call for.
 *
 * <p>Prechelt, "Early Stopping - But When?", 1998: training stops after {@code patience}
 * measurements in a row without a lower loss, and the parameters of the lowest are kept. What has
 * been seen so far is part of every checkpoint.
 *
 * @param <R> a row
 */
public final class Validation<R> {

  private static final String BEST = "validation_best";
  private static final String BEST_STEP = "validation_best_step";
  private static final String WAITED = "validation_waited";

  private final TrainingSpec.@Nullable Validation settings;
  private final List<R> training;
  private final List<R> heldOut;

  private Validation(
      TrainingSpec.@Nullable Validation settings, List<R> training, List<R> heldOut) {
    this.settings = settings;
    this.training = training;
    this.heldOut = heldOut;
  }

  /**
   * Divides rows, whole prompts at a time; without settings all are trained on.
   *
   * @param prompts the prompt of each row
   */
  public static <R> Validation<R> of(
      TrainingSpec.@Nullable Validation settings, List<R> rows, List<Prompt> prompts, long seed) {
    if (settings == null) {
      return new Validation<>(null, rows, List.of());
    }
    RandomStream stream = RandomStream.of(seed, RandomPurpose.DATA_ORDER, RandomPurpose.VALIDATION);
    PromptSplit<R> split = PromptSplit.of(rows, prompts, settings.share(), stream);
    if (split.heldOut().isEmpty()) {
      throw new StageFailure(
          "PLB0522",
          "there is nothing to validate on: a share of %s of %d rows is none"
              .formatted(settings.share(), rows.size()),
          "training.validation.share",
          "raise `share`, or leave `validation` out");
    }
    return new Validation<>(settings, split.training(), split.heldOut());
  }

  /** What is trained on; never empty unless there are no rows. */
  public List<R> training() {
    return training;
  }

  /** Whether it is time to measure, after a step. */
  boolean isDue(long step, TrainingRun run) {
    return settings != null && ((step + 1) % settings.every() == 0 || step + 1 == run.steps());
  }

  /**
   * Measures after a step, and remembers the parameters if they are the best so far.
   *
   * @param measure the numbers of the held-out rows; {@code loss} among them
   * @return the numbers to log, called {@code validation_loss}…
   */
  Map<String, Double> after(
      long step, TrainingRun run, Function<List<R>, Map<String, Double>> measure) {
    Map<String, Double> row = new LinkedHashMap<>();
    measure.apply(heldOut).forEach((name, value) -> row.put("validation_" + name, value));
    double loss = row.getOrDefault("validation_loss", Double.NaN);
    if (loss < run.number(BEST, Double.POSITIVE_INFINITY)) {
      run.keep(BEST, loss);
      run.keep(BEST_STEP, (double) (step + 1));
      run.keep(WAITED, 0);
      if (settings != null && settings.patience() != null) {
        run.keepBest();
      }
    } else {
      run.keep(WAITED, run.number(WAITED, 0) + 1);
    }
    return row;
  }

  /** Whether enough measurements were no better. */
  public boolean stops(TrainingRun run) {
    Integer patience = settings == null ? null : settings.patience();
    return patience != null && run.number(WAITED, 0) >= patience;
  }

  /** What a summary says of it. */
  public Map<String, Object> summary(TrainingRun run) {
    Map<String, Object> summary = new LinkedHashMap<>();
    if (settings != null) {
      summary.put("validation_rows", heldOut.size());
      summary.put("validation_best_loss", run.number(BEST, Double.NaN));
      summary.put("validation_best_step", (long) run.number(BEST_STEP, 0));
      summary.put("stopped_early", stops(run));
    }
    return summary;
  }
}

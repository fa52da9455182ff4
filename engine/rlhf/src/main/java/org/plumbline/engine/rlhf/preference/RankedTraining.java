// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.preference;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.training.TrainingSpec;
import org.plumbline.engine.rlhf.training.Loss;
import org.plumbline.engine.rlhf.training.TrainingRows;
import org.plumbline.engine.run.StageContext;

/**
 * Fits the policy {@code from} to answers that are ranked, two or more to a prompt: what methods
 * that learn from rankings share. A method brings its {@link RankingLoss}.
 *
 * <p>What counts as a ranking is said by {@link RankedAnswers}. Log-probabilities are summed over
 * the answer's tokens, as in {@link PreferenceTraining}.
 */
public final class RankedTraining {

  private RankedTraining() {}

  /** The loss of rankings. */
  @FunctionalInterface
  public interface RankingLoss {

    /** The mean loss, and what is logged beside it. */
    Loss of(RankedScores answers);
  }

  /**
   * How to learn.
   *
   * @param operation the name of the method
   * @param batchSize prompts per step
   * @param learningRate the highest of the schedule
   * @param training what the settings say of updates
   */
  public record Settings(
      String operation,
      int steps,
      int batchSize,
      double learningRate,
      @Nullable TrainingSpec training) {}

  /** Trains and writes the artifact. */
  public static void fit(StageContext context, Settings settings, RankingLoss loss)
      throws IOException {
    List<RankedAnswers> ranked = RankedAnswers.read(context.input("feedback"));
    PolicyFitting.fit(
        context,
        new PolicyFitting.Settings(
            settings.operation(),
            settings.steps(),
            settings.batchSize(),
            settings.learningRate(),
            settings.training()),
        (start, format, run) -> {
          List<RankedScores.Row> rows =
              ranked.stream()
                  .map(
                      one ->
                          new RankedScores.Row(
                              format.alternatives(one.prompt(), one.exchanges()), one.scores()))
                  .toList();
          return new PolicyFitting.Task<>(
              "rankings",
              new TrainingRows<>(
                  rows,
                  ranked.stream().map(RankedAnswers::prompt).toList(),
                  RankedScores.Row::answers,
                  TrainingRows.Mean.ROWS),
              rows.stream().map(RankedScores.Row::bestAnswer).toList(),
              (model, some) -> loss.of(RankedScores.of(model, some)));
        });
  }
}

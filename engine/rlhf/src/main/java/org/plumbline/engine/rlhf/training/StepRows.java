// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.plumbline.engine.lm.optimiser.StepResult;

/**
 * The rows of one step, computed at once, or in parts whose gradients add up to the same.
 *
 * @param rows all of them
 * @param atOnce how many are computed at once
 * @param share how much some of them count in the mean over all
 */
public record StepRows<R>(List<R> rows, int atOnce, ToDoubleFunction<List<R>> share) {

  /** Rows of which each counts the same. */
  public static <R> StepRows<R> even(List<R> rows, int atOnce) {
    return new StepRows<>(rows, atOnce, part -> part.size() / (double) rows.size());
  }

  /**
   * Which step it is.
   *
   * @param chosen the numbers of the rows, for messages
   */
  public record Place(long step, int[] chosen, double learningRate) {}

  /**
   * Takes the step.
   *
   * @param loss the mean loss of some rows
   * @param logged gets what is logged beside it, of all rows together
   */
  public StepResult take(
      TrainingRun run, Place place, Function<List<R>, Loss> loss, Map<String, Double> logged) {
    if (atOnce >= rows.size()) {
      return run.update(
          place.step(),
          place.chosen(),
          place.learningRate(),
          () -> {
            Loss all = loss.apply(rows);
            logged.putAll(all.logged());
            return all.value();
          });
    }
    return run.update(
        place.step(),
        place.chosen(),
        place.learningRate(),
        parts(rows, atOnce),
        part -> {
          double counts = share.applyAsDouble(part);
          Loss some = loss.apply(part);
          some.logged().forEach((name, value) -> logged.merge(name, counts * value, Double::sum));
          return some.value().mul((float) counts);
        });
  }

  /** Rows in parts of at most a size, in their order. */
  public static <R> List<List<R>> parts(List<R> rows, int size) {
    List<List<R>> parts = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += size) {
      parts.add(rows.subList(from, Math.min(rows.size(), from + size)));
    }
    return parts;
  }
}

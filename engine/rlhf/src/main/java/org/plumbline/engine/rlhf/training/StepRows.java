// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.plumbline.engine.lm.optimiser.StepResult;

/**
 * The rows of one step, computed in parts whose gradients add up to that of all: as many rows after
 * one another as memory holds, and these divided among cores.
 *
 * @param rows all of them
 * @param atOnce how many are in memory at once
 * @param tokens of a row
 * @param share how much some of them count in the mean over all
 */
public record StepRows<R>(
    List<R> rows, int atOnce, ToLongFunction<R> tokens, ToDoubleFunction<List<R>> share) {

  /** Rows of which each counts the same. */
  public static <R> StepRows<R> even(List<R> rows, int atOnce, ToLongFunction<R> tokens) {
    return new StepRows<>(rows, atOnce, tokens, part -> part.size() / (double) rows.size());
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
   * @param loss the mean loss of some rows; is asked by several threads
   * @param logged gets what is logged beside it, of all rows together
   */
  public StepResult take(
      TrainingRun run, Place place, Function<List<R>, Loss> loss, Map<String, Double> logged) {
    StepParts<List<R>> parts = new StepParts<>();
    for (List<R> some : parts(rows, atOnce)) {
      parts.group(run.model().sideBySide().divide(some, tokens));
    }
    return parts.take(
        (groups, sum) ->
            run.update(place.step(), place.chosen(), place.learningRate(), groups, sum),
        part -> {
          Loss some = loss.apply(part);
          return part.size() == rows.size() ? some : some.times(share.applyAsDouble(part));
        },
        logged);
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.tensor.Tensor;

/**
 * The parts of one step: groups come one after the other, the parts of a group are computed side by
 * side. What they give is added up in their order.
 *
 * @param <P> a part
 */
public final class StepParts<P> {
  private final List<List<Part<P>>> groups = new ArrayList<>();
  private int count;

  /** A part and its place in the order. */
  public record Part<P>(int number, P content) {}

  /** Makes one update whose loss is the sum of what all parts contribute. */
  @FunctionalInterface
  public interface Update<P> {
    StepResult of(List<List<Part<P>>> groups, Function<Part<P>, Tensor> loss);
  }

  /** Adds parts that may be computed side by side. */
  public void group(List<P> parts) {
    groups.add(parts.stream().map(part -> new Part<>(count++, part)).toList());
  }

  /**
   * Takes the step.
   *
   * @param loss what a part contributes; is asked by several threads
   * @param logged gets the sums of what is logged beside it
   */
  public StepResult take(Update<P> update, Function<P, Loss> loss, Map<String, Double> logged) {
    Map<Integer, Map<String, Double>> said = new ConcurrentSkipListMap<>();
    StepResult result =
        update.of(
            groups,
            part -> {
              Loss own = loss.apply(part.content());
              said.put(part.number(), own.logged());
              return own.value();
            });
    said.values()
        .forEach(part -> part.forEach((name, value) -> logged.merge(name, value, Double::sum)));
    return result;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What most people say: of several classes the one with the largest sum of weights.
 *
 * <p>Where two classes have as much, nothing is said of the item: a coin would add what nobody
 * said, and half a class cannot be learned from.
 */
public final class Plurality {
  private Plurality() {}

  /** By item, what most say; items without such a class are not there. */
  public static <T> Map<Integer, T> of(List<Opinion<T>> opinions) {
    Map<Integer, Map<T, Double>> counts = new LinkedHashMap<>();
    for (Opinion<T> opinion : opinions) {
      counts
          .computeIfAbsent(opinion.item(), item -> new LinkedHashMap<>())
          .merge(opinion.said(), opinion.weight(), Double::sum);
    }
    Map<Integer, T> most = new LinkedHashMap<>();
    counts.forEach(
        (item, own) -> {
          double top = own.values().stream().mapToDouble(weight -> weight).max().orElse(0);
          List<T> at =
              own.entrySet().stream()
                  .filter(one -> one.getValue() > top * (1 - 1e-12))
                  .map(Map.Entry::getKey)
                  .toList();
          if (top > 0 && at.size() == 1) {
            most.put(item, at.get(0));
          }
        });
    return most;
  }
}

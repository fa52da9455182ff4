// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reward model and how often it orders held-out answers as the evaluators did.
 *
 * @param recipes that optimise it; empty if it only scores answers
 * @param accuracy over all seeds
 * @param n how many held-out comparisons, or responses of another kind, all seeds together
 * @param unit what they are called
 * @param seeds the same in each seed, with Wilson intervals
 * @param attainable the accuracy that the best of all predictions would have, because evaluators
 *     err and differ; null if it is not known
 * @param byGold how often it orders held-out answers as the population's own values do, the mean
 *     over seeds; null if it is not known
 * @param epic the distance to these values, the mean over seeds; null if it is not known
 */
public record RewardModelSummary(
    String name,
    List<String> recipes,
    Interval accuracy,
    int n,
    String unit,
    List<Cell.SeedValue> seeds,
    @Nullable Double attainable,
    @Nullable Double byGold,
    @Nullable Double epic) {

  public RewardModelSummary {
    recipes = List.copyOf(recipes);
    seeds = List.copyOf(seeds);
  }
}

package org.plumbline.engine.report;

import java.util.List;

/**
 * A reward model and how often it orders held-out comparisons as the evaluators did.
 *
 * @param recipes that optimise it; empty if it only scores answers
 * @param accuracy over all seeds
 * @param n how many held-out comparisons, all seeds together
 * @param seeds the same in each seed, with Wilson intervals
 */
public record RewardModel(
    String name, List<String> recipes, Interval accuracy, int n, List<Cell.SeedValue> seeds) {

  public RewardModel {
    recipes = List.copyOf(recipes);
    seeds = List.copyOf(seeds);
  }
}

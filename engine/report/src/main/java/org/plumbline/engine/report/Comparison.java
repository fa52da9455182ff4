// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of recipes over seeds and prompts: all that a report says.
 *
 * <p>What an experiment has no data for is absent: null, an empty list, or a metric that is not
 * there. Without {@code values} there is no gold reward; then recipes win by the reward model's
 * score and {@link #decidedBy} says {@code score}.
 *
 * @param experiment its name
 * @param reference the recipe that all others are compared with
 * @param recipes in declared order
 * @param prompts how many held-out prompts each recipe answered per seed (clean ones)
 * @param distinct how many of them differ; 0 if that is not known
 * @param decidedBy {@code judge}, {@code gold} or {@code score}: what decides who wins; {@code
 *     none} if none of them
 * @param metrics in the order of the verdict table
 * @param drift null without KL or gold reward
 * @param trigger null if there is no attack
 * @param analysis null if nothing is known that answers are worth
 * @param attacks what attacks on recipes came to; empty if there were none
 * @param winRates null if nothing decides who wins
 * @param run null in the stored artifact, see {@link RunFacts}
 */
public record Comparison(
    String experiment,
    String reference,
    List<ComparedRecipe> recipes,
    List<Long> seeds,
    int prompts,
    int distinct,
    String decidedBy,
    List<Metric> metrics,
    Settings settings,
    @Nullable Drift drift,
    List<Curve> curves,
    List<Sample> samples,
    List<FeedbackTable> feedback,
    List<RewardModelSummary> rewards,
    List<Satisfaction> satisfaction,
    List<GroupWelfare> welfare,
    @Nullable WinRates winRates,
    List<Alarm> alarms,
    @Nullable Trigger trigger,
    @Nullable Analysis analysis,
    List<AttackSummary> attacks,
    @Nullable RunFacts run) {

  /** A comparison of which nothing is said beyond means. */
  public Comparison(
      String experiment,
      String reference,
      List<ComparedRecipe> recipes,
      List<Long> seeds,
      int prompts,
      int distinct,
      String decidedBy,
      List<Metric> metrics,
      Settings settings,
      @Nullable Drift drift,
      List<Curve> curves,
      List<Sample> samples,
      List<FeedbackTable> feedback,
      List<RewardModelSummary> rewards,
      List<Satisfaction> satisfaction,
      List<GroupWelfare> welfare,
      @Nullable WinRates winRates,
      List<Alarm> alarms,
      @Nullable Trigger trigger,
      @Nullable RunFacts run) {
    this(
        experiment,
        reference,
        recipes,
        seeds,
        prompts,
        distinct,
        decidedBy,
        metrics,
        settings,
        drift,
        curves,
        samples,
        feedback,
        rewards,
        satisfaction,
        welfare,
        winRates,
        alarms,
        trigger,
        null,
        List.of(),
        run);
  }

  public Comparison {
    recipes = List.copyOf(recipes);
    seeds = List.copyOf(seeds);
    metrics = List.copyOf(metrics);
    curves = List.copyOf(curves);
    samples = List.copyOf(samples);
    feedback = List.copyOf(feedback);
    rewards = List.copyOf(rewards);
    satisfaction = List.copyOf(satisfaction);
    welfare = List.copyOf(welfare);
    alarms = List.copyOf(alarms);
    attacks = List.copyOf(attacks);
  }

  /** What decides who wins, in words. */
  public String decider() {
    return switch (decidedBy) {
      case "judge" -> "the judge’s verdict";
      case "gold" -> "gold reward";
      default -> "the reward model’s score";
    };
  }

  /** A metric by its id; null if this comparison does not have it. */
  public @Nullable Metric metric(String id) {
    for (Metric metric : metrics) {
      if (metric.id().equals(id)) {
        return metric;
      }
    }
    return null;
  }

  /** The value of a metric for a recipe; null if there is none. */
  public @Nullable Cell cell(String metric, String recipe) {
    Metric row = metric(metric);
    return row == null ? null : row.cell(recipe);
  }

  /** A recipe by its name; null if it was not compared. */
  public @Nullable ComparedRecipe recipe(String name) {
    for (ComparedRecipe recipe : recipes) {
      if (recipe.name().equals(name)) {
        return recipe;
      }
    }
    return null;
  }

  /** All recipes but the reference, in declared order. */
  public List<ComparedRecipe> others() {
    return recipes.stream().filter(r -> !r.name().equals(reference)).toList();
  }

  /**
   * The same comparison with what is known about the run that made it, and its times as metrics.
   */
  public Comparison with(RunFacts facts) {
    return new Comparison(
        experiment,
        reference,
        recipes,
        seeds,
        prompts,
        distinct,
        decidedBy,
        facts.addTimes(this),
        settings,
        drift,
        curves,
        samples,
        feedback,
        rewards,
        satisfaction,
        welfare,
        winRates,
        alarms,
        trigger,
        analysis,
        attacks,
        facts);
  }
}

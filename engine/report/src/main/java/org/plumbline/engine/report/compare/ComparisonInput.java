// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.Evaluation;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.LabelExample;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.TrainingStop;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.Settings;
import org.plumbline.engine.report.Trigger;

/**
 * All that a comparison is computed from.
 *
 * @param reference the recipe that the others are compared with; one of {@code recipes}
 * @param recipes in declared order, each with one entry per seed, in the order of {@code seeds}
 * @param feedback the feedback stages upstream of the recipes
 * @param rewards the reward models that have held-out comparisons, also those that only score
 * @param trigger null if no attack is looked for
 * @param samples how many prompts the report shows
 * @param margin win rates no further from one half count as equal
 * @param dependent recipes that the scoring reward model cannot judge, with what it shares with
 *     what they were trained by, such as {@code the labels of prefs}
 * @param asked what is shown
 */
public record ComparisonInput(
    String experiment,
    String reference,
    List<RecipeResult> recipes,
    List<Long> seeds,
    Settings settings,
    List<FeedbackResult> feedback,
    List<RewardResult> rewards,
    List<Monitor> monitors,
    @Nullable Trigger trigger,
    int samples,
    double margin,
    Map<String, String> dependent,
    Asked asked) {

  /** The same, with everything shown that can be. */
  public ComparisonInput(
      String experiment,
      String reference,
      List<RecipeResult> recipes,
      List<Long> seeds,
      Settings settings,
      List<FeedbackResult> feedback,
      List<RewardResult> rewards,
      List<Monitor> monitors,
      @Nullable Trigger trigger,
      int samples,
      double margin,
      Map<String, String> dependent) {
    this(
        experiment,
        reference,
        recipes,
        seeds,
        settings,
        feedback,
        rewards,
        monitors,
        trigger,
        samples,
        margin,
        dependent,
        Asked.ALL);
  }

  public ComparisonInput {
    recipes = List.copyOf(recipes);
    seeds = List.copyOf(seeds);
    feedback = List.copyOf(feedback);
    rewards = List.copyOf(rewards);
    monitors = List.copyOf(monitors);
    dependent = Map.copyOf(dependent);
    if (recipes.stream().noneMatch(r -> r.recipe().name().equals(reference))) {
      throw new IllegalArgumentException("the reference is not compared: " + reference);
    }
    for (RecipeResult result : recipes) {
      if (!result.seeds().stream().map(SeedResult::seed).toList().equals(seeds)) {
        throw new IllegalArgumentException(
            "not all seeds, or in another order: " + result.recipe());
      }
    }
  }

  /** The results of one recipe. */
  public record RecipeResult(ComparedRecipe recipe, List<SeedResult> seeds) {
    public RecipeResult {
      seeds = List.copyOf(seeds);
    }
  }

  /**
   * The results of one recipe in one seed.
   *
   * @param steps training steps of all stages upstream, this one included; null if not known
   * @param stop which monitor ended the training of its policy; null if none did
   */
  public record SeedResult(
      long seed, Evaluation evaluation, @Nullable Long steps, @Nullable TrainingStop stop) {

    /** Of a policy whose training no monitor ended. */
    public SeedResult(long seed, Evaluation evaluation, @Nullable Long steps) {
      this(seed, evaluation, steps, null);
    }
  }

  /**
   * One reward model.
   *
   * @param name of the reward model, with what a variant changed
   * @param recipes that optimise it; empty if it only scores answers
   * @param seeds what it does on held-out comparisons, in each seed
   * @param measures all that was measured, in each seed; empty of a part of what was held out
   * @param feedback that it was fitted to; null if it is not known
   */
  public record RewardResult(
      String name,
      List<String> recipes,
      List<HeldOut> seeds,
      List<RewardMeasures> measures,
      RewardModelSummary.@Nullable Feedback feedback) {
    // Written out: of a compact constructor's parameters other modules do not see what may be null.
    public RewardResult(
        String name,
        List<String> recipes,
        List<HeldOut> seeds,
        List<RewardMeasures> measures,
        RewardModelSummary.@Nullable Feedback feedback) {
      this.name = name;
      this.recipes = List.copyOf(recipes);
      this.seeds = List.copyOf(seeds);
      this.measures = List.copyOf(measures);
      this.feedback = feedback;
    }

    /** A model of which no more is known. */
    public RewardResult(String name, List<String> recipes, List<HeldOut> seeds) {
      this(name, recipes, seeds, List.of(), null);
    }
  }

  /**
   * One feedback stage.
   *
   * @param name of the stage, with what a variant changed
   * @param recipes that are built on it
   * @param seeds its summary in each seed
   * @param examples a few labels of the first seed
   * @param traits what the groups of those who gave it are declared to be like
   */
  public record FeedbackResult(
      String name,
      List<String> recipes,
      List<FeedbackSummary> seeds,
      List<LabelExample> examples,
      Map<String, String> traits) {
    public FeedbackResult {
      recipes = List.copyOf(recipes);
      seeds = List.copyOf(seeds);
      examples = List.copyOf(examples);
      traits = Map.copyOf(traits);
    }

    /** A stage of which no label is shown. */
    public FeedbackResult(String name, List<String> recipes, List<FeedbackSummary> seeds) {
      this(name, recipes, seeds, List.of(), Map.of());
    }
  }
}

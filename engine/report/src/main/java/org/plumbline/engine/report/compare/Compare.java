// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.CompareSpec;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.Satisfaction;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.statistics.Domain;

/**
 * Computes a {@link Comparison}. Pure: equal input gives equal bytes.
 *
 * <p>What is an interval here is said in {@link org.plumbline.engine.statistics.TwoWayAnova};
 * differences are always paired by seed and prompt.
 */
public final class Compare {

  private Compare() {}

  /**
   * The comparison of the recipes.
   *
   * @throws IllegalArgumentException if the recipes did not answer the same prompts, or a number is
   *     there for some answers of a recipe only
   */
  public static Comparison of(ComparisonInput input) {
    Tables tables = new Tables(input);
    AnswerMetrics answers = new AnswerMetrics(input, tables);
    List<Metric> metrics = new ArrayList<>(answers.all());
    AttackSection attacks = new AttackSection(input);
    metrics.addAll(attacks.metrics());
    metrics.addAll(CostMetrics.all(input));
    Asked asked = input.asked();
    metrics.removeIf(metric -> !asked.shows(metric.id()));
    Curves curves = new Curves(input, tables);
    List<ComparedRecipe> recipes = input.recipes().stream().map(RecipeResult::recipe).toList();
    Map<String, double[][]> worths = answers.worths();
    return new Comparison(
        input.experiment(),
        input.reference(),
        recipes,
        input.seeds(),
        tables.promptCount(),
        tables.distinctPrompts(),
        answers.decidedBy(),
        metrics,
        input.settings(),
        new DriftTable(input, tables, curves).of(metrics),
        curves.all(metrics),
        new SampleSection(input, tables).all(),
        FeedbackSection.all(input),
        asked.has(CompareSpec.Metric.REWARD) ? RewardAccuracy.models(input) : List.of(),
        asked.has(CompareSpec.Metric.GROUPS) ? satisfaction(input, answers) : List.of(),
        asked.has(CompareSpec.Metric.GROUPS) ? WelfareSection.of(input, answers) : List.of(),
        WinSection.of(worths, answers.decidedBy(), input.seeds().get(0)),
        new AlarmSection(input, curves, metrics).all(),
        tables.hasTriggered() && asked.shows("trigger_share") ? input.trigger() : null,
        new AnalysisParts(input, tables, curves).of(metrics),
        asked.has(CompareSpec.Metric.RED_TEAM) ? attacks.all() : List.of(),
        null);
  }

  private static List<Satisfaction> satisfaction(ComparisonInput input, AnswerMetrics answers) {
    List<Satisfaction> out = new ArrayList<>();
    for (RecipeResult result : input.recipes()) {
      String recipe = result.recipe().name();
      for (String group : answers.groups()) {
        if (!recipe.equals(input.reference())) {
          out.add(
              new Satisfaction(
                  recipe,
                  group,
                  answers.groupWins(recipe, group).interval(Domain.SHARE),
                  Measure.mean(answers.worth(recipe, group)).interval(Domain.REAL)));
        }
      }
    }
    return out;
  }
}

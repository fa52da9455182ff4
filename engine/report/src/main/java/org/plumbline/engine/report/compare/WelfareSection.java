// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.report.GroupWelfare;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.compare.ComparisonInput.FeedbackResult;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Domain;
import org.plumbline.engine.statistics.Reach;
import org.plumbline.engine.statistics.TwoWayAnova;
import org.plumbline.engine.statistics.Welfare;

/**
 * The welfare of groups with each recipe, from their win rates: the only utility of theirs whose
 * zero and unit are common to all of them.
 *
 * <p>Intervals are those of each number to first order: every answer contributes what it adds to
 * the win rates, times how the number follows them. Of the worst group and of the gap that is the
 * interval of the groups that are the worst and the best here; what bad luck there is in being
 * chosen is left out of the row of the verdict that looks for it.
 */
final class WelfareSection {
  private static final double STEP = 1e-5;

  private final double[] shares;

  private WelfareSection(double[] shares) {
    this.shares = shares;
  }

  static List<GroupWelfare> of(ComparisonInput input, AnswerMetrics answers) {
    List<String> groups = List.copyOf(answers.groups());
    if (groups.size() < 2) {
      return List.of();
    }
    WelfareSection section = new WelfareSection(shares(input.feedback(), groups));
    List<GroupWelfare> out = new ArrayList<>();
    for (ComparisonInput.RecipeResult result : input.recipes()) {
      String recipe = result.recipe().name();
      if (!recipe.equals(input.reference())) {
        List<double[][]> wins = groups.stream().map(group -> answers.wins(recipe, group)).toList();
        out.add(section.of(recipe, wins));
      }
    }
    return out;
  }

  /** The share of each group's people in the first feedback that all of them gave; else alike. */
  static double[] shares(List<FeedbackResult> feedback, List<String> groups) {
    for (FeedbackResult result : feedback) {
      Map<String, Integer> people =
          result.seeds().get(0).groups().stream()
              .collect(
                  Collectors.toMap(FeedbackSummary.Group::group, FeedbackSummary.Group::people));
      double all = groups.stream().mapToInt(group -> people.getOrDefault(group, 0)).sum();
      if (all > 0 && people.keySet().containsAll(groups)) {
        return groups.stream().mapToDouble(group -> people.getOrDefault(group, 0) / all).toArray();
      }
    }
    return groups.stream().mapToDouble(group -> 1.0 / groups.size()).toArray();
  }

  private GroupWelfare of(String recipe, List<double[][]> wins) {
    Interval mean = interval(wins, Welfare::mean, Domain.SHARE);
    Interval min = interval(wins, Welfare::min, Domain.SHARE);
    Interval gap = interval(wins, Welfare::gap, Domain.SHARE);
    if (mean == null || min == null || gap == null) {
      throw new AssertionError(recipe);
    }
    return new GroupWelfare(
        recipe,
        mean,
        min,
        gap,
        interval(wins, Welfare::gini, Domain.SHARE),
        interval(wins, Welfare::nash, Domain.SHARE),
        interval(wins, Welfare::atkinson, Domain.SHARE));
  }

  /** A number with its interval; null if it is not known of these groups. */
  private @Nullable Interval interval(
      List<double[][]> wins, Function<Welfare, @Nullable Double> number, Domain domain) {
    double[] rates = wins.stream().mapToDouble(table -> Measure.mean(table).value()).toArray();
    Double value = number.apply(Welfare.of(rates, shares));
    if (value == null) {
      return null;
    }
    double[][] around = new double[wins.get(0).length][wins.get(0)[0].length];
    for (double[] row : around) {
      Arrays.fill(row, value);
    }
    for (int g = 0; g < rates.length; g++) {
      double slope = slope(rates, g, number);
      for (int s = 0; s < around.length; s++) {
        for (int p = 0; p < around[s].length; p++) {
          around[s][p] += slope * (wins.get(g)[s][p] - rates[g]);
        }
      }
    }
    Bounds bounds = TwoWayAnova.around(value, around).interval(Reach.RECIPE, domain);
    return new Interval(value, bounds.low(), bounds.high());
  }

  private double slope(double[] rates, int group, Function<Welfare, @Nullable Double> number) {
    double[] more = rates.clone();
    double[] less = rates.clone();
    more[group] += STEP;
    less[group] -= STEP;
    Double above = number.apply(Welfare.of(more, shares));
    Double below = number.apply(Welfare.of(less, shares));
    return above == null || below == null ? 0 : (above - below) / (2 * STEP);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plumbline.engine.report.Better;
import org.plumbline.engine.report.ComparedRecipe;
import org.plumbline.engine.statistics.Estimate;
import org.plumbline.engine.statistics.Holm;
import org.plumbline.engine.statistics.Reach;

/**
 * The best recipe of a metric and all that are not shown to be worse. Which one is on top is chosen
 * after looking, so every pair is counted: by Holm's procedure over all pairs, of equal recipes one
 * is left out in at most 5 % of all comparisons.
 */
final class BestSet {

  private final Definition definition;
  private final String reference;
  private final Judging judging;

  BestSet(Definition definition, String reference, Judging judging) {
    this.definition = definition;
    this.reference = reference;
    this.judging = judging;
  }

  /** The best first, then all that are not shown to be worse; empty if nobody is. */
  List<String> of(List<ComparedRecipe> recipes, Map<String, Measure> measures) {
    List<String> candidates = new ArrayList<>();
    for (ComparedRecipe recipe : recipes) {
      Measure measure = measures.get(recipe.name());
      boolean fixed = definition.fixedReference() && recipe.name().equals(reference);
      if (measure != null
          && measure.table() != null
          && !fixed
          && !judging.withheld().containsKey(recipe.name())) {
        candidates.add(recipe.name());
      }
    }
    if (definition.better() == Better.NONE || candidates.size() < 2) {
      return List.of();
    }
    int sign = definition.better() == Better.UP ? 1 : -1;
    List<Measure> values =
        candidates.stream().map(c -> Objects.requireNonNull(measures.get(c))).toList();
    int top = 0;
    for (int i = 1; i < values.size(); i++) {
      top = sign * values.get(i).value() > sign * values.get(top).value() ? i : top;
    }
    double[][] p = pairs(values);
    List<String> best = new ArrayList<>(List.of(candidates.get(top)));
    for (int i = 0; i < values.size(); i++) {
      if (i != top && p[top][i] > Estimate.ALPHA) {
        best.add(candidates.get(i));
      }
    }
    return best.size() == candidates.size() ? List.of() : best;
  }

  private double[][] pairs(List<Measure> values) {
    int k = values.size();
    List<Double> each = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      for (int j = i + 1; j < k; j++) {
        Estimate difference = Objects.requireNonNull(values.get(i).minus(values.get(j)).estimate());
        each.add(difference.p(Reach.RECIPE, definition.differences(), 0));
      }
    }
    return square(k, Holm.adjust(each.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  /** The p values of pairs, in the order of {@code (0, 1), (0, 2) …}, as a symmetric table. */
  static double[][] square(int k, double[] pairs) {
    double[][] out = new double[k][k];
    int at = 0;
    for (int i = 0; i < k; i++) {
      for (int j = i + 1; j < k; j++) {
        out[i][j] = pairs[at];
        out[j][i] = pairs[at++];
      }
    }
    return out;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.RewardResult;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Domain;
import org.plumbline.engine.statistics.Reach;
import org.plumbline.engine.statistics.SeedMeans;
import org.plumbline.engine.statistics.Wilson;

/**
 * The held-out accuracy of the reward models, over seeds.
 *
 * <p>Each seed has its own reward model and its own held-out pairs; see {@link SeedMeans}.
 */
final class RewardAccuracy {

  private RewardAccuracy() {}

  /** The reward models that have held-out comparisons, or are measured by gold, in every seed. */
  static List<RewardModelSummary> models(ComparisonInput input) {
    List<RewardModelSummary> out = new ArrayList<>();
    for (RewardResult result : input.rewards()) {
      List<HeldOut> heldOut = result.seeds();
      RewardModelSummary.Gold gold = RewardMeans.gold(result.measures());
      boolean ordered = heldOut.size() == input.seeds().size();
      if (!ordered && gold == null) {
        continue;
      }
      List<Cell.SeedValue> seeds = new ArrayList<>();
      int n = 0;
      for (int s = 0; ordered && s < heldOut.size(); s++) {
        HeldOut own = heldOut.get(s);
        Bounds bounds = Wilson.interval(own.accuracy(), own.n(), Wilson.Z95);
        Interval value = new Interval(own.accuracy(), bounds.low(), bounds.high());
        seeds.add(new Cell.SeedValue(input.seeds().get(s), value, own.n(), null));
        n += own.n();
      }
      out.add(
          new RewardModelSummary(
              result.name(),
              result.recipes(),
              ordered ? mean(heldOut) : null,
              n,
              ordered ? heldOut.get(0).unit() : "responses",
              seeds,
              ordered ? attainable(heldOut) : null,
              result.feedback(),
              RewardMeans.calibration(result.measures()),
              RewardMeans.slices(result.measures()),
              gold));
    }
    return out;
  }

  /** What could be reached, over all comparisons; null if it is not known of all. */
  private static @Nullable Double attainable(List<HeldOut> heldOut) {
    double sum = 0;
    double pairs = 0;
    for (HeldOut own : heldOut) {
      Double best = own.attainable();
      if (best == null) {
        return null;
      }
      sum += own.n() * best;
      pairs += own.n();
    }
    return sum / pairs;
  }

  /** The row of the verdict table; null if no recipe optimises a reward model. */
  static @Nullable Metric metric(ComparisonInput input) {
    List<Cell> cells = new ArrayList<>();
    List<RewardModelSummary> models = models(input);
    for (RecipeResult result : input.recipes()) {
      String recipe = result.recipe().name();
      for (RewardModelSummary model : models) {
        Interval accuracy = model.accuracy();
        if (accuracy != null && model.recipes().contains(recipe)) {
          cells.add(
              new Cell(
                  recipe, accuracy, model.n(), false, model.seeds(), null, Verdict.NONE, null));
          break;
        }
      }
    }
    return cells.isEmpty() ? null : Rows.of(Catalogue.REWARD_ACCURACY, cells, List.of());
  }

  /**
   * The mean over the seeds. Where all of them are wholly right, or wholly wrong, nothing tells how
   * seeds differ, and the interval is Wilson's of all their comparisons.
   */
  static Interval mean(List<HeldOut> heldOut) {
    double[] values = heldOut.stream().mapToDouble(HeldOut::accuracy).toArray();
    double first = values[0];
    if ((first == 0 || first == 1) && Arrays.stream(values).allMatch(value -> value == first)) {
      double all = heldOut.stream().mapToDouble(HeldOut::n).sum();
      Bounds bounds = Wilson.interval(first, all, Wilson.Z95);
      return new Interval(first, bounds.low(), bounds.high());
    }
    double[] variances = new double[values.length];
    for (int s = 0; s < values.length; s++) {
      HeldOut own = heldOut.get(s);
      // One hit and one miss more, so that a seed without a miss is not taken as certain.
      double near = (own.accuracy() * own.n() + 1) / (own.n() + 2);
      variances[s] = near * (1 - near) / own.n();
    }
    SeedMeans mean = SeedMeans.of(values, variances);
    Bounds bounds = mean.interval(Reach.RECIPE, Domain.SHARE);
    return new Interval(mean.value(), bounds.low(), bounds.high());
  }
}

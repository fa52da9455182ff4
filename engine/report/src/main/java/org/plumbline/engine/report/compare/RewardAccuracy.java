package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.RewardModel;
import org.plumbline.engine.report.Verdict;
import org.plumbline.engine.report.compare.ComparisonInput.RecipeResult;
import org.plumbline.engine.report.compare.ComparisonInput.RewardResult;
import org.plumbline.engine.report.statistics.Bounds;
import org.plumbline.engine.report.statistics.Moments;
import org.plumbline.engine.report.statistics.StudentT;
import org.plumbline.engine.report.statistics.Wilson;

/**
 * The held-out accuracy of the reward models, over seeds.
 *
 * <p>Each seed has its own reward model and its own held-out pairs, so the variance of the mean is
 * what the pairs explain, {@code Σ p(1−p)/n ÷ S²}, plus what the seeds differ by beyond that, with
 * {@code S − 1} degrees of freedom for that part (Satterthwaite 1946). The interval is Wilson's for
 * as many trials as that variance is worth.
 */
final class RewardAccuracy {

  private RewardAccuracy() {}

  /** The reward models that have held-out comparisons in every seed. */
  static List<RewardModel> models(ComparisonInput input) {
    List<RewardModel> out = new ArrayList<>();
    for (RewardResult result : input.rewards()) {
      List<HeldOut> heldOut = result.seeds();
      if (heldOut.size() != input.seeds().size()) {
        continue;
      }
      List<Cell.SeedValue> seeds = new ArrayList<>();
      int n = 0;
      for (int s = 0; s < heldOut.size(); s++) {
        HeldOut own = heldOut.get(s);
        Bounds bounds = Wilson.interval(own.accuracy(), own.n(), Wilson.Z95);
        Interval value = new Interval(own.accuracy(), bounds.low(), bounds.high());
        seeds.add(new Cell.SeedValue(input.seeds().get(s), value, own.n(), null));
        n += own.n();
      }
      out.add(
          new RewardModel(
              result.name(), result.recipes(), mean(heldOut), n, seeds, attainable(heldOut)));
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
    List<RewardModel> models = models(input);
    for (RecipeResult result : input.recipes()) {
      String recipe = result.recipe().name();
      for (RewardModel model : models) {
        if (model.recipes().contains(recipe)) {
          cells.add(
              new Cell(
                  recipe,
                  model.accuracy(),
                  model.n(),
                  false,
                  model.seeds(),
                  null,
                  Verdict.NONE,
                  null));
          break;
        }
      }
    }
    return cells.isEmpty() ? null : Rows.of(Catalogue.REWARD_ACCURACY, cells, List.of());
  }

  static Interval mean(List<HeldOut> heldOut) {
    int count = heldOut.size();
    double[] values = heldOut.stream().mapToDouble(HeldOut::accuracy).toArray();
    double within = 0;
    double pairs = 0;
    for (HeldOut h : heldOut) {
      within += h.accuracy() * (1 - h.accuracy()) / h.n() / ((double) count * count);
      pairs += h.n();
    }
    double mean = Moments.mean(values);
    double between = Moments.sd(values) * Moments.sd(values) / count;
    double excess = Math.max(0, between - within);
    double variance = within + excess;
    double plain = mean * (1 - mean);
    double worth = variance > 0 && plain > 0 ? Math.min(pairs, plain / variance) : pairs;
    double df =
        excess > 0 ? Math.max(1, variance * variance / (excess * excess / (count - 1.0))) : 1e9;
    Bounds bounds = Wilson.interval(mean, worth, StudentT.twoSided95(df));
    return new Interval(mean, bounds.low(), bounds.high());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.report.FeedbackTable;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Domain;
import org.plumbline.engine.statistics.Reach;
import org.plumbline.engine.statistics.SeedMeans;
import org.plumbline.engine.statistics.Wilson;

/**
 * How far several people agree, over seeds. Every seed has its own pairs, and an interval by
 * resampling them; the interval over seeds is that of {@link SeedMeans}, for new seeds.
 */
final class AgreementMeans {

  private AgreementMeans() {}

  /** How often people agree with themselves, beside how far they agree with each other. */
  private static final String REPEATS = "repeat_consistency";

  /** How often they answer rightly what is known. */
  private static final String GOLD = "gold_questions_right";

  /** The statistics that any seed has, by name. */
  static List<FeedbackTable.Statistic> of(List<FeedbackSummary> seeds) {
    List<FeedbackTable.Statistic> out = new ArrayList<>();
    for (String name : seeds.get(0).agreement().keySet()) {
      add(out, name, seeds, seed -> seed.agreement().get(name));
    }
    add(out, REPEATS, seeds, AgreementMeans::repeats);
    add(
        out,
        "repeat_correlation",
        seeds,
        seed -> seed.repeats() == null ? null : seed.repeats().correlation());
    add(out, "repeat_tau", seeds, seed -> seed.repeats() == null ? null : seed.repeats().tau());
    add(out, GOLD, seeds, seed -> seed.gold() == null ? null : seed.gold().right());
    return out;
  }

  private static @Nullable ValueWithInterval repeats(FeedbackSummary seed) {
    return seed.repeats() == null ? null : seed.repeats().consistency();
  }

  /** Cohen's kappas of the raters of the first seed, over the seeds that have them. */
  static List<FeedbackTable.Kappa> kappas(List<FeedbackSummary> seeds) {
    List<FeedbackTable.Kappa> out = new ArrayList<>();
    for (FeedbackSummary.Kappa first : seeds.get(0).kappas()) {
      List<FeedbackSummary.Kappa> all =
          seeds.stream()
              .flatMap(seed -> seed.kappas().stream())
              .filter(kappa -> sameRaters(kappa, first))
              .toList();
      List<Interval> known = all.stream().map(kappa -> interval(kappa.kappa())).toList();
      double items = all.stream().mapToInt(FeedbackSummary.Kappa::items).average().orElse(0);
      out.add(
          new FeedbackTable.Kappa(
              first.between(),
              first.one(),
              first.other(),
              (int) Math.round(items),
              mean("kappa", known)));
    }
    return out;
  }

  private static boolean sameRaters(FeedbackSummary.Kappa one, FeedbackSummary.Kappa other) {
    return one.between().equals(other.between())
        && one.one().equals(other.one())
        && Objects.equals(one.other(), other.other());
  }

  private static Interval interval(ValueWithInterval value) {
    return new Interval(value.value(), value.low(), value.high());
  }

  private static void add(
      List<FeedbackTable.Statistic> out,
      String name,
      List<FeedbackSummary> seeds,
      Function<FeedbackSummary, @Nullable ValueWithInterval> of) {
    List<Interval> known = new ArrayList<>();
    for (FeedbackSummary seed : seeds) {
      ValueWithInterval value = of.apply(seed);
      if (value != null) {
        known.add(interval(value));
      }
    }
    if (!known.isEmpty()) {
      out.add(new FeedbackTable.Statistic(name, mean(name, known)));
    }
  }

  private static Interval mean(String name, List<Interval> seeds) {
    if (seeds.size() == 1) {
      return seeds.get(0);
    }
    double[] values = seeds.stream().mapToDouble(Interval::value).toArray();
    double[] variances = seeds.stream().mapToDouble(AgreementMeans::variance).toArray();
    SeedMeans mean = SeedMeans.of(values, variances);
    Domain domain =
        name.equals("percent") || name.equals(REPEATS) || name.equals(GOLD)
            ? Domain.SHARE
            : Domain.REAL;
    Bounds bounds = mean.interval(Reach.RECIPE, domain);
    // No statistic of agreement is above 1 or below -1.
    return new Interval(mean.value(), Math.max(-1, bounds.low()), Math.min(1, bounds.high()));
  }

  /** Of one seed's number, by the width of its interval. */
  private static double variance(Interval interval) {
    Double low = interval.low();
    Double high = interval.high();
    if (low == null || high == null) {
      return 0;
    }
    double deviation = (high - low) / (2 * Wilson.Z95);
    return deviation * deviation;
  }
}

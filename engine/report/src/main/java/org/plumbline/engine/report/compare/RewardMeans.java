// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.RewardMeasures;
import org.plumbline.engine.artifact.RewardMeasures.Adversarial;
import org.plumbline.engine.artifact.RewardMeasures.Calibrated;
import org.plumbline.engine.artifact.RewardMeasures.CurvePoint;
import org.plumbline.engine.artifact.RewardMeasures.HeldOutPairs;
import org.plumbline.engine.artifact.RewardMeasures.HeldOutResponses;
import org.plumbline.engine.artifact.RewardMeasures.Share;
import org.plumbline.engine.artifact.RewardMeasures.Slice;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.RewardModelSummary;
import org.plumbline.engine.report.RewardModelSummary.Calibration;
import org.plumbline.engine.report.RewardModelSummary.Gold;
import org.plumbline.engine.report.RewardModelSummary.Point;
import org.plumbline.engine.report.RewardModelSummary.Trick;
import org.plumbline.engine.statistics.Bounds;
import org.plumbline.engine.statistics.Domain;
import org.plumbline.engine.statistics.Reach;
import org.plumbline.engine.statistics.SeedMeans;
import org.plumbline.engine.statistics.Wilson;

/**
 * What was measured of a reward model, over the seeds: means, and where each seed's own uncertainty
 * is known, intervals for new seeds ({@link SeedMeans}). The reliability curve is that of all
 * predictions together.
 */
final class RewardMeans {
  private static final double WIDTH95 = 2 * Wilson.Z95;

  /** From so many predictions on, each bin of the measure is a point of the curve. */
  private static final int MANY = 300;

  private RewardMeans() {}

  /** Null unless every seed has it. */
  static @Nullable Calibration calibration(List<RewardMeasures> seeds) {
    List<Calibrated> all = known(seeds, RewardMeans::calibrated);
    if (all.isEmpty() || all.size() < seeds.size()) {
      return null;
    }
    double[] errors = all.stream().mapToDouble(Calibrated::ece).toArray();
    return new Calibration(
        all.stream().mapToInt(Calibrated::n).sum(),
        interval(errors, new double[errors.length], Domain.SHARE),
        all.get(0).bins(),
        mean(all, Calibrated::expectedEce),
        mean(all, Calibrated::brier),
        mean(all, Calibrated::logLoss),
        mean(all, Calibrated::factor),
        all.get(0).fitted(),
        curve(all));
  }

  private static @Nullable Calibrated calibrated(RewardMeasures measures) {
    HeldOutPairs pairs = measures.heldOut();
    HeldOutResponses responses = measures.responses();
    return pairs != null ? pairs.calibration() : responses == null ? null : responses.calibration();
  }

  /** The points of all seeds, those of one bin together; of few predictions two bins are one. */
  private static List<Point> curve(List<Calibrated> seeds) {
    int all = seeds.stream().mapToInt(Calibrated::n).sum();
    int bins = all < MANY ? (seeds.get(0).bins() + 1) / 2 : seeds.get(0).bins();
    List<Point> points = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      int n = 0;
      double predicted = 0;
      double happened = 0;
      for (Calibrated seed : seeds) {
        for (CurvePoint point : seed.curve()) {
          if (Math.min(bins - 1, (int) (point.predicted() * bins)) == bin) {
            n += point.n();
            predicted += point.n() * point.predicted();
            happened += point.n() * point.happened();
          }
        }
      }
      if (n > 0) {
        Bounds bounds = Wilson.interval(happened / n, n, Wilson.Z95);
        points.add(
            new Point(n, predicted / n, new Interval(happened / n, bounds.low(), bounds.high())));
      }
    }
    return points;
  }

  /** The parts of what was held out that every seed has. */
  static List<RewardModelSummary.Slice> slices(List<RewardMeasures> seeds) {
    Map<List<String>, List<Slice>> byName = new LinkedHashMap<>();
    for (RewardMeasures seed : seeds) {
      HeldOutPairs pairs = seed.heldOut();
      HeldOutResponses responses = seed.responses();
      List<Slice> own =
          pairs != null ? pairs.slices() : responses == null ? List.of() : responses.slices();
      for (Slice slice : own) {
        byName
            .computeIfAbsent(List.of(slice.by(), slice.name()), key -> new ArrayList<>())
            .add(slice);
      }
    }
    List<RewardModelSummary.Slice> slices = new ArrayList<>();
    byName.forEach(
        (key, all) -> {
          if (all.size() == seeds.size()) {
            List<Share> shares = all.stream().map(Slice::accuracy).toList();
            List<Double> attainable = known(all, Slice::attainable);
            slices.add(
                new RewardModelSummary.Slice(
                    key.get(0),
                    key.get(1),
                    share(shares),
                    n(shares),
                    attainable.size() < all.size()
                        ? null
                        : (Double) mean(attainable, best -> best)));
          }
        });
    return slices;
  }

  /** Null unless every seed has it. */
  static @Nullable Gold gold(List<RewardMeasures> seeds) {
    List<RewardMeasures.Gold> all = known(seeds, RewardMeasures::gold);
    if (all.isEmpty() || all.size() < seeds.size()) {
      return null;
    }
    List<Share> accuracy = known(all, RewardMeasures.Gold::accuracy);
    List<Double> kendall = known(all, RewardMeasures.Gold::kendall);
    List<Double> epic = known(all, RewardMeasures.Gold::epic);
    List<Adversarial> adversarial = known(all, RewardMeasures.Gold::adversarial);
    List<Share> robust = adversarial.stream().map(Adversarial::all).toList();
    double[] regrets = all.stream().mapToDouble(gold -> gold.bestOf().regret()).toArray();
    double[] variances =
        all.stream()
            .mapToDouble(gold -> variance(gold.bestOf().low(), gold.bestOf().high()))
            .toArray();
    return new Gold(
        all.get(0).values(),
        all.stream().mapToInt(RewardMeasures.Gold::prompts).sum(),
        all.get(0).answers(),
        accuracy.isEmpty() ? null : share(accuracy),
        kendall.isEmpty() ? null : (Double) mean(kendall, tau -> tau),
        epic.isEmpty()
            ? null
            : interval(
                epic.stream().mapToDouble(d -> d).toArray(), new double[epic.size()], Domain.SHARE),
        mean(all, gold -> gold.bestOf().drawn()),
        mean(all, gold -> gold.bestOf().chosen()),
        mean(all, gold -> gold.bestOf().best()),
        interval(regrets, variances, Domain.POSITIVE),
        robust.isEmpty() ? null : share(robust),
        tricks(adversarial));
  }

  private static List<Trick> tricks(List<Adversarial> seeds) {
    Map<String, List<Share>> byName = new LinkedHashMap<>();
    for (Adversarial seed : seeds) {
      seed.tricks()
          .forEach(
              trick ->
                  byName
                      .computeIfAbsent(trick.name(), name -> new ArrayList<>())
                      .add(trick.right()));
    }
    List<Trick> tricks = new ArrayList<>();
    byName.forEach((name, all) -> tricks.add(new Trick(name, share(all), n(all))));
    return tricks;
  }

  private static int n(List<Share> shares) {
    return shares.stream().mapToInt(Share::n).sum();
  }

  private static Interval share(List<Share> seeds) {
    double[] values = seeds.stream().mapToDouble(Share::value).toArray();
    double[] variances =
        seeds.stream().mapToDouble(share -> variance(share.low(), share.high())).toArray();
    if (seeds.size() == 1) {
      return new Interval(values[0], seeds.get(0).low(), seeds.get(0).high());
    }
    return interval(values, variances, Domain.SHARE);
  }

  private static double variance(@Nullable Double low, @Nullable Double high) {
    double width = low == null || high == null ? 0 : (high - low) / WIDTH95;
    return width * width;
  }

  /** Of one seed whose own uncertainty is not known there is no interval. */
  private static Interval interval(double[] values, double[] variances, Domain domain) {
    SeedMeans mean = SeedMeans.of(values, variances);
    if (values.length == 1 && variances[0] == 0) {
      return Interval.exact(values[0]);
    }
    Bounds bounds = mean.interval(Reach.RECIPE, domain);
    return new Interval(mean.value(), bounds.low(), bounds.high());
  }

  private static <T> double mean(List<T> rows, ToDoubleFunction<T> number) {
    return rows.stream().mapToDouble(number).average().orElseThrow();
  }

  private static <T, V> List<V> known(List<T> rows, Function<T, @Nullable V> part) {
    List<V> known = new ArrayList<>();
    for (T row : rows) {
      V value = part.apply(row);
      if (value != null) {
        known.add(Objects.requireNonNull(value));
      }
    }
    return known;
  }
}

package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.agreement.CohenKappa;
import org.plumbline.engine.rlhf.agreement.Estimate;
import org.plumbline.engine.rlhf.agreement.FleissKappa;
import org.plumbline.engine.rlhf.agreement.KrippendorffAlpha;
import org.plumbline.engine.rlhf.agreement.PercentAgreement;
import org.plumbline.engine.rlhf.agreement.Ratings;

/** How far people who labelled the same pairs agree, as columns of {@code summary.json}. */
final class AgreementSummary {
  private AgreementSummary() {}

  /** The statistics; empty if no pair has two labels. */
  static Map<String, @Nullable Object> of(List<LabelRow> labels, long seed) {
    Map<Long, List<LabelRow>> byPair = new LinkedHashMap<>();
    for (LabelRow label : labels) {
      if (!label.skipped()) {
        byPair.computeIfAbsent(label.pair(), pair -> new ArrayList<>()).add(label);
      }
    }
    byPair.values().removeIf(list -> list.size() < 2);
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    if (byPair.isEmpty()) {
      return columns;
    }
    Ratings ratings = ratings(byPair);
    columns.put("pairs", ratings.size());
    columns.put("percent", estimate(ratings, PercentAgreement::of, seed));
    columns.put("fleiss_kappa", estimate(ratings, FleissKappa::of, seed));
    columns.put(
        "alpha",
        estimate(ratings, r -> KrippendorffAlpha.of(r, KrippendorffAlpha.Metric.NOMINAL), seed));
    addCohen(byPair, columns);
    return columns;
  }

  private static Ratings ratings(Map<Long, List<LabelRow>> byPair) {
    int[][] counts = new int[byPair.size()][2];
    int item = 0;
    for (List<LabelRow> votes : byPair.values()) {
      for (LabelRow vote : votes) {
        counts[item][category(vote)]++;
      }
      item++;
    }
    return Ratings.ofCounts(counts);
  }

  /** Cohen's kappa is of two people: it is given if nobody else labelled these pairs. */
  private static void addCohen(
      Map<Long, List<LabelRow>> byPair, Map<String, @Nullable Object> columns) {
    TreeSet<String> people = new TreeSet<>();
    byPair.values().forEach(votes -> votes.forEach(vote -> people.add(vote.evaluator())));
    if (people.size() != 2) {
      return;
    }
    int[] one = new int[byPair.size()];
    int[] other = new int[byPair.size()];
    int item = 0;
    for (List<LabelRow> votes : byPair.values()) {
      for (LabelRow vote : votes) {
        (vote.evaluator().equals(people.first()) ? one : other)[item] = category(vote);
      }
      item++;
    }
    columns.put("cohen_kappa", Json.orNull(CohenKappa.of(one, other, CohenKappa.Weight.NOMINAL)));
  }

  private static int category(LabelRow vote) {
    return vote.one() > 0.5 ? 0 : 1;
  }

  private static Map<String, @Nullable Object> estimate(
      Ratings ratings, ToDoubleFunction<Ratings> statistic, long seed) {
    Estimate estimate = Estimate.of(ratings, statistic, seed);
    Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    columns.put("value", Json.orNull(estimate.value()));
    columns.put("low", Json.orNull(estimate.low()));
    columns.put("high", Json.orNull(estimate.high()));
    return columns;
  }
}

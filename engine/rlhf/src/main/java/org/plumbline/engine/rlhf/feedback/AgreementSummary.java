// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.rlhf.agreement.AgreementEstimate;
import org.plumbline.engine.rlhf.agreement.Categorised;
import org.plumbline.engine.rlhf.agreement.CohenKappa;
import org.plumbline.engine.rlhf.agreement.FleissKappa;
import org.plumbline.engine.rlhf.agreement.KrippendorffAlpha;
import org.plumbline.engine.rlhf.agreement.PairwiseKappas;
import org.plumbline.engine.rlhf.agreement.PercentAgreement;
import org.plumbline.engine.rlhf.agreement.Ratings;
import org.plumbline.engine.rlhf.values.Feature;

/** How far people who labelled the same pairs agree, by the statistic. */
final class AgreementSummary {
  private AgreementSummary() {}

  /** The statistics by name; none if no pair has two labels, and none that is undefined. */
  static Map<String, ValueWithInterval> of(List<LabelRow> labels, long seed) {
    Map<Long, List<LabelRow>> byPair = shared(labels);
    Map<String, ValueWithInterval> columns = new LinkedHashMap<>();
    if (byPair.isEmpty()) {
      return columns;
    }
    Ratings ratings = counted(byPair);
    put(columns, "percent", AgreementEstimate.of(ratings, PercentAgreement::of, seed).kept());
    put(columns, "fleiss_kappa", AgreementEstimate.of(ratings, FleissKappa::of, seed).kept());
    put(
        columns,
        "alpha",
        AgreementEstimate.of(
                ratings, r -> KrippendorffAlpha.of(r, KrippendorffAlpha.Metric.NOMINAL), seed)
            .kept());
    put(columns, "cohen_kappa", kappas(labels, null, seed).mean());
    return columns;
  }

  /**
   * Cohen's kappas of those who labelled, two by two.
   *
   * @param gold the values that labels are measured by; null if none are declared
   */
  static PairwiseKappas kappas(List<LabelRow> labels, @Nullable Feature gold, long seed) {
    boolean equals = labels.stream().anyMatch(LabelRow::equal);
    List<Categorised> said = new ArrayList<>();
    Map<Object, Integer> right = new HashMap<>();
    for (LabelRow label : labels) {
      if (label.skipped()) {
        continue;
      }
      said.add(new Categorised(label.pair(), label.evaluator(), label.group(), category(label)));
      if (gold != null && !right.containsKey(label.pair())) {
        double more = more(label, gold);
        // Without a category for equal answers, pairs of equal worth have no right one.
        if (more != 0 || equals) {
          right.put(label.pair(), more > 0 ? 0 : more < 0 ? 1 : 2);
        }
      }
    }
    return new PairwiseKappas(said, equals ? 3 : 2, right, CohenKappa.Weight.NOMINAL, seed);
  }

  /** By how much the pair's first-drawn answer is worth more. */
  private static double more(LabelRow label, Feature gold) {
    String prompt = label.prompt().text();
    double first = gold.of(prompt, label.first().text()) - gold.of(prompt, label.second().text());
    return label.swapped() ? -first : first;
  }

  /** How many pairs have at least two labels. */
  static int pairs(List<LabelRow> labels) {
    return shared(labels).size();
  }

  private static Map<Long, List<LabelRow>> shared(List<LabelRow> labels) {
    Map<Long, List<LabelRow>> byPair = new LinkedHashMap<>();
    for (LabelRow label : labels) {
      if (!label.skipped()) {
        byPair.computeIfAbsent(label.pair(), pair -> new ArrayList<>()).add(label);
      }
    }
    byPair.values().removeIf(list -> list.size() < 2);
    return byPair;
  }

  private static void put(
      Map<String, ValueWithInterval> columns, String name, @Nullable ValueWithInterval value) {
    if (value != null) {
      columns.put(name, value);
    }
  }

  /** How often each pair with at least two labels is put into each category. */
  static Ratings ratings(List<LabelRow> labels) {
    return counted(shared(labels));
  }

  private static Ratings counted(Map<Long, List<LabelRow>> byPair) {
    boolean equals = byPair.values().stream().flatMap(List::stream).anyMatch(LabelRow::equal);
    int[][] counts = new int[byPair.size()][equals ? 3 : 2];
    int item = 0;
    for (List<LabelRow> votes : byPair.values()) {
      for (LabelRow vote : votes) {
        counts[item][category(vote)]++;
      }
      item++;
    }
    return Ratings.ofCounts(counts);
  }

  /** The first answer, the second, or that they are equal. */
  static int category(LabelRow vote) {
    if (vote.equal()) {
      return 2;
    }
    return vote.one() > 0.5 ? 0 : 1;
  }
}

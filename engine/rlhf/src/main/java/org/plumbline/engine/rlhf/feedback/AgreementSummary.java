// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.rlhf.agreement.AgreementEstimate;
import org.plumbline.engine.rlhf.agreement.CohenKappa;
import org.plumbline.engine.rlhf.agreement.FleissKappa;
import org.plumbline.engine.rlhf.agreement.KrippendorffAlpha;
import org.plumbline.engine.rlhf.agreement.PercentAgreement;
import org.plumbline.engine.rlhf.agreement.Ratings;

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
    put(columns, "percent", AgreementEstimate.of(ratings, PercentAgreement::of, seed));
    put(columns, "fleiss_kappa", AgreementEstimate.of(ratings, FleissKappa::of, seed));
    put(
        columns,
        "alpha",
        AgreementEstimate.of(
            ratings, r -> KrippendorffAlpha.of(r, KrippendorffAlpha.Metric.NOMINAL), seed));
    addCohen(byPair, columns);
    return columns;
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
      Map<String, ValueWithInterval> columns, String name, AgreementEstimate estimate) {
    if (!Double.isNaN(estimate.value())) {
      columns.put(name, new ValueWithInterval(estimate.value(), estimate.low(), estimate.high()));
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

  /** Cohen's kappa is of two people: it is given if nobody else labelled these pairs. */
  private static void addCohen(
      Map<Long, List<LabelRow>> byPair, Map<String, ValueWithInterval> columns) {
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
    double kappa = CohenKappa.of(one, other, CohenKappa.Weight.NOMINAL);
    if (!Double.isNaN(kappa)) {
      columns.put("cohen_kappa", new ValueWithInterval(kappa, null, null));
    }
  }

  /** The first answer, the second, or that they are equal. */
  static int category(LabelRow vote) {
    if (vote.equal()) {
      return 2;
    }
    return vote.one() > 0.5 ? 0 : 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.rlhf.agreement.AgreementEstimate;
import org.plumbline.engine.rlhf.agreement.KrippendorffAlpha;
import org.plumbline.engine.rlhf.agreement.PercentAgreement;
import org.plumbline.engine.rlhf.agreement.Ratings;
import org.plumbline.engine.rlhf.responses.ItemLabel;
import org.plumbline.engine.rlhf.responses.Response.Rating;

/**
 * How far people who were asked about the same items agree: the share of equal answers, and
 * Krippendorff's alpha, which is ordinal for the steps of a scale and nominal for classes and for
 * the best of several. Where there are many different numbers, neither is given.
 */
final class ItemAgreement {
  private ItemAgreement() {}

  /** How many items have at least two labels. */
  static int items(List<ItemLabel> said) {
    return shared(said).size();
  }

  /** The statistics by name. */
  static Map<String, ValueWithInterval> of(List<ItemLabel> said, long seed) {
    Map<String, ValueWithInterval> statistics = new LinkedHashMap<>();
    List<List<ItemLabel>> shared = shared(said);
    Map<String, Integer> numbers = numbers(said);
    if (shared.isEmpty() || numbers.isEmpty()) {
      return statistics;
    }
    int[][] counts = new int[shared.size()][numbers.size()];
    for (int item = 0; item < counts.length; item++) {
      for (ItemLabel label : shared.get(item)) {
        counts[item][numbers.getOrDefault(Categories.name(label), 0)]++;
      }
    }
    Ratings ratings = Ratings.ofCounts(counts);
    boolean steps = said.get(0).response() instanceof Rating;
    KrippendorffAlpha.Metric metric =
        steps ? KrippendorffAlpha.Metric.ORDINAL : KrippendorffAlpha.Metric.NOMINAL;
    put(statistics, "percent", AgreementEstimate.of(ratings, PercentAgreement::of, seed));
    put(
        statistics,
        "alpha",
        AgreementEstimate.of(ratings, r -> KrippendorffAlpha.of(r, metric), seed));
    return statistics;
  }

  /** A number for each category, in their order; none if there are many. */
  private static Map<String, Integer> numbers(List<ItemLabel> said) {
    Map<Double, String> byHeight = new TreeMap<>();
    Map<String, Integer> counts = Categories.counts(said);
    for (ItemLabel label : said) {
      if (label.response() instanceof Rating rating && !counts.isEmpty()) {
        byHeight.put(rating.number(), Categories.name(label));
      }
    }
    Map<String, Integer> numbers = new LinkedHashMap<>();
    byHeight.values().forEach(name -> numbers.put(name, numbers.size()));
    counts.keySet().forEach(name -> numbers.putIfAbsent(name, numbers.size()));
    return numbers;
  }

  private static List<List<ItemLabel>> shared(List<ItemLabel> said) {
    Map<Long, List<ItemLabel>> byItem = new LinkedHashMap<>();
    for (ItemLabel label : said) {
      byItem.computeIfAbsent(label.item().number(), item -> new ArrayList<>()).add(label);
    }
    return byItem.values().stream().filter(labels -> labels.size() > 1).toList();
  }

  private static void put(
      Map<String, ValueWithInterval> statistics, String name, AgreementEstimate estimate) {
    if (!Double.isNaN(estimate.value())) {
      statistics.put(
          name, new ValueWithInterval(estimate.value(), estimate.low(), estimate.high()));
    }
  }
}

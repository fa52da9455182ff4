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
import org.plumbline.engine.rlhf.responses.Response.Marks;
import org.plumbline.engine.rlhf.responses.Response.Rating;
import org.plumbline.engine.rlhf.responses.Response.Remarks;
import org.plumbline.engine.rlhf.responses.Response.Steps;

/**
 * How far people who were asked about the same items agree: the share of equal answers, and
 * Krippendorff's alpha, which is ordinal for the steps of a scale and nominal for classes and for
 * the best of several. Where there are many different numbers, neither is given.
 */
final class ItemAgreement {
  private ItemAgreement() {}

  /** What was asked about and has at least two labels: an item, or a step of one. */
  static int items(List<ItemLabel> said) {
    return shared(said).size();
  }

  /** The statistics by name. */
  static Map<String, ValueWithInterval> of(List<ItemLabel> said, long seed) {
    Map<String, ValueWithInterval> statistics = new LinkedHashMap<>();
    List<List<Said>> shared = shared(said);
    Map<String, Integer> numbers = numbers(said);
    if (shared.isEmpty() || numbers.isEmpty()) {
      return statistics;
    }
    int[][] counts = new int[shared.size()][numbers.size()];
    for (int item = 0; item < counts.length; item++) {
      for (Said one : shared.get(item)) {
        counts[item][numbers.getOrDefault(one.name(), 0)]++;
      }
    }
    Ratings ratings = Ratings.ofCounts(counts);
    boolean steps = said.get(0).response() instanceof Rating || isSteps(said.get(0));
    KrippendorffAlpha.Metric metric =
        steps ? KrippendorffAlpha.Metric.ORDINAL : KrippendorffAlpha.Metric.NOMINAL;
    put(statistics, "percent", AgreementEstimate.of(ratings, PercentAgreement::of, seed));
    put(
        statistics,
        "alpha",
        AgreementEstimate.of(ratings, r -> KrippendorffAlpha.of(r, metric), seed));
    return statistics;
  }

  /**
   * What was said of an item, or of a step of it.
   *
   * @param of the item's number, and where the step ends
   * @param height where it stands on a scale
   */
  private record Said(List<Long> of, String name, double height) {

    static List<Said> of(ItemLabel label) {
      long item = label.item().number();
      if (label.response() instanceof Steps steps) {
        List<Said> all = new ArrayList<>();
        for (int i = 0; i < steps.ends().size(); i++) {
          double step = steps.labels().get(i);
          all.add(new Said(List.of(item, (long) steps.ends().get(i)), Categories.step(step), step));
        }
        return all;
      }
      if (label.response() instanceof Marks || label.response() instanceof Remarks) {
        return List.of(); // what is not marked is not written down, and texts are no categories
      }
      double height = label.response() instanceof Rating rating ? rating.number() : Double.NaN;
      return List.of(new Said(List.of(item), Categories.name(label), height));
    }
  }

  private static boolean isSteps(ItemLabel label) {
    return label.response() instanceof Steps;
  }

  /** A number for each category, in their order; none if there are many. */
  private static Map<String, Integer> numbers(List<ItemLabel> said) {
    Map<Double, String> byHeight = new TreeMap<>();
    Map<String, Integer> counts = Categories.counts(said);
    if (!counts.isEmpty()) {
      for (ItemLabel label : said) {
        for (Said one : Said.of(label)) {
          if (!Double.isNaN(one.height())) {
            byHeight.put(one.height(), one.name());
          }
        }
      }
    }
    Map<String, Integer> numbers = new LinkedHashMap<>();
    byHeight.values().forEach(name -> numbers.put(name, numbers.size()));
    counts.keySet().forEach(name -> numbers.putIfAbsent(name, numbers.size()));
    return numbers;
  }

  private static List<List<Said>> shared(List<ItemLabel> said) {
    Map<List<Long>, List<Said>> byItem = new LinkedHashMap<>();
    for (ItemLabel label : said) {
      Said.of(label)
          .forEach(one -> byItem.computeIfAbsent(one.of(), item -> new ArrayList<>()).add(one));
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback.item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.rlhf.agreement.AgreementEstimate;
import org.plumbline.engine.rlhf.agreement.Categorised;
import org.plumbline.engine.rlhf.agreement.CohenKappa;
import org.plumbline.engine.rlhf.agreement.FleissKappa;
import org.plumbline.engine.rlhf.agreement.IntervalAlpha;
import org.plumbline.engine.rlhf.agreement.KrippendorffAlpha;
import org.plumbline.engine.rlhf.agreement.PairwiseKappas;
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
 * the best of several, where Fleiss' kappa stands beside it; of numbers it is that of intervals,
 * and answers that are equal by chance say nothing. Steps of a scale weigh in Cohen's kappa by the
 * square of their distance.
 */
final class ItemAgreement {
  /** Kinds whose answers are numbers rather than steps of a scale. */
  private static final Set<String> NUMBERS = Set.of("scalar", "slider");

  private ItemAgreement() {}

  /** What was asked about and has at least two labels: an item, or a step of one. */
  static int items(List<ItemLabel> said) {
    return shared(said).size();
  }

  /** The statistics by name, of feedback of a kind. */
  static Map<String, ValueWithInterval> of(String kind, List<ItemLabel> said, long seed) {
    Map<String, ValueWithInterval> statistics = new LinkedHashMap<>();
    List<List<Said>> shared = shared(said);
    if (NUMBERS.contains(kind)) {
      List<double[]> numbers =
          shared.stream().map(all -> all.stream().mapToDouble(Said::height).toArray()).toList();
      put(statistics, "alpha", new IntervalAlpha(numbers).estimate(seed).kept());
      return statistics;
    }
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
    KrippendorffAlpha.Metric metric =
        ordered(said) ? KrippendorffAlpha.Metric.ORDINAL : KrippendorffAlpha.Metric.NOMINAL;
    put(statistics, "percent", AgreementEstimate.of(ratings, PercentAgreement::of, seed).kept());
    put(
        statistics,
        "alpha",
        AgreementEstimate.of(ratings, r -> KrippendorffAlpha.of(r, metric), seed).kept());
    if (metric == KrippendorffAlpha.Metric.NOMINAL) {
      put(statistics, "fleiss_kappa", AgreementEstimate.of(ratings, FleissKappa::of, seed).kept());
    }
    put(statistics, "cohen_kappa", kappas(said, numbers, seed).mean());
    return statistics;
  }

  /** Cohen's kappas of those who were asked, two by two; none of numbers. */
  static List<FeedbackSummary.Kappa> kappas(String kind, List<ItemLabel> said, long seed) {
    Map<String, Integer> numbers = numbers(said);
    return NUMBERS.contains(kind) || numbers.isEmpty()
        ? List.of()
        : kappas(said, numbers, seed).all();
  }

  private static PairwiseKappas kappas(
      List<ItemLabel> said, Map<String, Integer> numbers, long seed) {
    List<Categorised> categorised = new ArrayList<>();
    for (ItemLabel label : said) {
      for (Said one : Said.of(label)) {
        categorised.add(
            new Categorised(
                one.of(), label.evaluator(), label.group(), numbers.getOrDefault(one.name(), 0)));
      }
    }
    return new PairwiseKappas(
        categorised,
        numbers.size(),
        Map.of(),
        ordered(said) ? CohenKappa.Weight.QUADRATIC : CohenKappa.Weight.NOMINAL,
        seed);
  }

  private static boolean ordered(List<ItemLabel> said) {
    return said.get(0).response() instanceof Rating || isSteps(said.get(0));
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
      Map<String, ValueWithInterval> statistics, String name, @Nullable ValueWithInterval value) {
    if (value != null) {
      statistics.put(name, value);
    }
  }
}

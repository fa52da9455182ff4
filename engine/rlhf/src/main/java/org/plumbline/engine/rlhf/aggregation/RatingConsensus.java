// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One number for what several people rate.
 *
 * <p>With y_hi the rating of item i by person h, and w its weight:
 *
 * <pre>{@code
 * mean         : sum_h w y_hi / sum_h w
 * median       : the lowest y_hi below and at which half of the weight lies; the middle of it and
 *                the next where that is exactly half
 * standardized : m + s * mean of (y_hi - m_h) / s_h
 * }</pre>
 *
 * <p>The mean suits numbers whose distances mean something; the median asks only for an order and
 * does not follow a few who exaggerate (Ethayarajh and Jurafsky 2022, arXiv:2205.11930, show how
 * the mean of steps of a scale can reverse an order). Standard scores take out that people use
 * scales differently: with m_h and s_h the mean and the standard deviation of all ratings of a
 * person, and m and s those of everybody (L. L. Thurstone, "A Scale for Measuring Attitude", 1929,
 * for the idea; it is what Stiennon et al. 2020, arXiv:2009.01325, appendix C.2, do by subtracting
 * labelers' means).
 *
 * <p>Choices the papers leave open: who rates little has no scale of their own yet, so everybody
 * counts as having given {@link #BEFORE} ratings with the mean and the variance of all before; and
 * where all ratings are one, so is the result. A person's items are taken to be as good as
 * anybody's, which they are where they are drawn by chance.
 */
public final class RatingConsensus {
  /** Ratings with everybody's mean and variance that each person counts as having given. */
  static final double BEFORE = 5;

  private RatingConsensus() {}

  /** By item, the weighted mean; items that nobody of weight rated are not there. */
  public static Map<Integer, Double> mean(List<Opinion<Double>> ratings) {
    Map<Integer, Double> means = new LinkedHashMap<>();
    byItem(ratings).forEach((item, own) -> means.put(item, Moments.of(own).mean()));
    return means;
  }

  /** By item, the weighted median. */
  public static Map<Integer, Double> median(List<Opinion<Double>> ratings) {
    Map<Integer, Double> medians = new LinkedHashMap<>();
    byItem(ratings).forEach((item, own) -> medians.put(item, middle(own)));
    return medians;
  }

  /** By item, the mean of what is left when each person's way to use the scale is taken out. */
  public static Map<Integer, Double> standardized(List<Opinion<Double>> ratings) {
    Moments all = Moments.of(ratings);
    Map<Integer, List<Opinion<Double>>> byPerson = new LinkedHashMap<>();
    for (Opinion<Double> rating : ratings) {
      byPerson.computeIfAbsent(rating.person(), person -> new ArrayList<>()).add(rating);
    }
    Map<Integer, Moments> scales = new LinkedHashMap<>();
    byPerson.forEach((person, own) -> scales.put(person, Moments.ofPerson(own, all)));
    List<Opinion<Double>> common = new ArrayList<>();
    for (Opinion<Double> rating : ratings) {
      Moments own = scales.getOrDefault(rating.person(), all);
      double score = own.deviation() == 0 ? 0 : (rating.said() - own.mean()) / own.deviation();
      common.add(
          new Opinion<>(
              rating.item(),
              rating.person(),
              all.mean() + all.deviation() * score,
              rating.weight()));
    }
    return mean(common);
  }

  private static Map<Integer, List<Opinion<Double>>> byItem(List<Opinion<Double>> ratings) {
    Map<Integer, List<Opinion<Double>>> byItem = new LinkedHashMap<>();
    for (Opinion<Double> rating : ratings) {
      if (rating.weight() > 0) {
        byItem.computeIfAbsent(rating.item(), item -> new ArrayList<>()).add(rating);
      }
    }
    return byItem;
  }

  private static double middle(List<Opinion<Double>> own) {
    List<Opinion<Double>> sorted =
        own.stream().sorted(Comparator.comparingDouble(Opinion::said)).toList();
    double half = own.stream().mapToDouble(Opinion::weight).sum() / 2;
    double below = 0;
    for (int i = 0; i < sorted.size(); i++) {
      below += sorted.get(i).weight();
      if (below > half * (1 + 1e-12) || i == sorted.size() - 1) {
        return sorted.get(i).said();
      } else if (below >= half * (1 - 1e-12)) {
        return (sorted.get(i).said() + sorted.get(i + 1).said()) / 2;
      }
    }
    throw new IllegalArgumentException("nobody rated");
  }

  /** Mean and standard deviation. */
  private record Moments(double mean, double deviation) {

    static Moments of(List<Opinion<Double>> ratings) {
      double weight = ratings.stream().mapToDouble(Opinion::weight).sum();
      double mean = ratings.stream().mapToDouble(r -> r.weight() * r.said()).sum() / weight;
      double squares =
          ratings.stream()
              .mapToDouble(r -> r.weight() * (r.said() - mean) * (r.said() - mean))
              .sum();
      return new Moments(mean, Math.sqrt(squares / weight));
    }

    /** Each rating of a person counts the same, whatever their votes weigh. */
    static Moments ofPerson(List<Opinion<Double>> own, Moments all) {
      double n = own.size() + BEFORE;
      double sum = own.stream().mapToDouble(Opinion::said).sum();
      double mean = (sum + BEFORE * all.mean()) / n;
      double squares = own.stream().mapToDouble(r -> (r.said() - mean) * (r.said() - mean)).sum();
      double before = (all.mean() - mean) * (all.mean() - mean) + all.deviation() * all.deviation();
      return new Moments(mean, Math.sqrt((squares + BEFORE * before) / n));
    }
  }
}

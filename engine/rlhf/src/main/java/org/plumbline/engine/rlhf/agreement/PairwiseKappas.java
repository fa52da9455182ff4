// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.agreement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.artifact.FeedbackSummary.Kappa;
import org.plumbline.engine.artifact.ValueWithInterval;

/**
 * Cohen's kappas of those who labelled, two by two (see {@link CohenKappa}): of people, of groups,
 * and of each against gold.
 *
 * <p>Choices of this engine: two raters are compared where they share at least 20 items, or where
 * only two people labelled. Pairs are listed of up to 10 people, and single people against gold of
 * up to 100; the mean over pairs of people (Light, "Measures of response agreement for nominal
 * scale data: some generalizations and alternatives", Psychological Bulletin 76 (1971)) is of all.
 */
public final class PairwiseKappas {
  private static final int ENOUGH = 20;
  private static final int PAIRS_OF = 10;
  private static final int PEOPLE = 100;

  private final Map<String, Map<Object, double[]>> people;
  private final Map<String, Map<Object, double[]>> groups;
  private final Map<Object, double[]> gold = new LinkedHashMap<>();
  private final CohenKappa.Weight weight;
  private final long seed;

  /**
   * Of what was said.
   *
   * @param categories how many there are
   * @param right the category of items of which it is known; empty if it is of none
   */
  public PairwiseKappas(
      List<Categorised> said,
      int categories,
      Map<Object, Integer> right,
      CohenKappa.Weight weight,
      long seed) {
    this.people = shares(said, categories, Categorised::person);
    this.groups = shares(said, categories, Categorised::group);
    this.weight = weight;
    this.seed = seed;
    right.forEach(
        (item, category) -> {
          double[] share = new double[categories];
          share[category] = 1;
          gold.put(item, share);
        });
  }

  /** What share of each rater's labels puts an item into each category. */
  private static Map<String, Map<Object, double[]>> shares(
      List<Categorised> said, int categories, Function<Categorised, String> rater) {
    Map<String, Map<Object, double[]>> all = new TreeMap<>();
    for (Categorised one : said) {
      all.computeIfAbsent(rater.apply(one), name -> new LinkedHashMap<>())
          .computeIfAbsent(one.item(), item -> new double[categories])[one.category()]++;
    }
    for (Map<Object, double[]> items : all.values()) {
      for (double[] item : items.values()) {
        double sum = 0;
        for (double count : item) {
          sum += count;
        }
        for (int c = 0; c < categories; c++) {
          item[c] /= sum;
        }
      }
    }
    return all;
  }

  /** All that are defined: groups with groups and with gold, then people. */
  public List<Kappa> all() {
    List<Kappa> all = new ArrayList<>();
    if (groups.size() > 1) {
      each(groups, "groups", all);
    }
    withGold(groups, "group_and_gold", all);
    if (people.size() <= PAIRS_OF) {
      each(people, "people", all);
    }
    if (people.size() <= PEOPLE) {
      withGold(people, "person_and_gold", all);
    }
    return all;
  }

  private void each(Map<String, Map<Object, double[]>> raters, String between, List<Kappa> all) {
    List<String> names = List.copyOf(raters.keySet());
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        Shared shared = shared(of(raters, names.get(i)), of(raters, names.get(j)));
        add(between, names.get(i), names.get(j), shared, all);
      }
    }
  }

  private void withGold(
      Map<String, Map<Object, double[]>> raters, String between, List<Kappa> all) {
    raters.forEach((name, items) -> add(between, name, null, shared(items, gold), all));
  }

  private void add(
      String between, String one, @Nullable String other, Shared shared, List<Kappa> all) {
    if (shared.enough(other != null && people.size() == 2)) {
      ValueWithInterval kappa =
          AgreementEstimate.of(shared.size(), times -> shared.kappa(times, weight), seed).kept();
      if (kappa != null) {
        all.add(new Kappa(between, one, other, shared.size(), kappa));
      }
    }
  }

  /** The mean over pairs of people; null if no two share enough items. */
  public @Nullable ValueWithInterval mean() {
    Map<Object, Integer> numbers = new LinkedHashMap<>();
    List<Shared> pairs = new ArrayList<>();
    for (List<String> names : together()) {
      Shared shared = shared(of(people, names.get(0)), of(people, names.get(1)));
      if (shared.enough(people.size() == 2)) {
        shared.items().forEach(item -> numbers.putIfAbsent(item, numbers.size()));
        pairs.add(shared);
      }
    }
    List<int[]> places =
        pairs.stream().map(pair -> pair.items().stream().mapToInt(numbers::get).toArray()).toList();
    return AgreementEstimate.of(numbers.size(), times -> mean(pairs, places, times), seed).kept();
  }

  /** Each two people who share an item, which of many people are few. */
  private Set<List<String>> together() {
    Map<Object, List<String>> byItem = new LinkedHashMap<>();
    people.forEach(
        (name, items) ->
            items
                .keySet()
                .forEach(item -> byItem.computeIfAbsent(item, i -> new ArrayList<>()).add(name)));
    Set<List<String>> pairs = new LinkedHashSet<>();
    for (List<String> names : byItem.values()) {
      for (int i = 0; i < names.size(); i++) {
        for (int j = i + 1; j < names.size(); j++) {
          pairs.add(List.of(names.get(i), names.get(j)));
        }
      }
    }
    return pairs;
  }

  private double mean(List<Shared> pairs, List<int[]> places, int[] times) {
    double sum = 0;
    int defined = 0;
    for (int p = 0; p < pairs.size(); p++) {
      int[] own = places.get(p);
      int[] counts = new int[own.length];
      for (int i = 0; i < own.length; i++) {
        counts[i] = times[own[i]];
      }
      double kappa = pairs.get(p).kappa(counts, weight);
      if (!Double.isNaN(kappa)) {
        sum += kappa;
        defined++;
      }
    }
    return sum / defined; // NaN where none is defined
  }

  private static Map<Object, double[]> of(Map<String, Map<Object, double[]>> raters, String name) {
    return raters.getOrDefault(name, Map.of());
  }

  private static Shared shared(Map<Object, double[]> one, Map<Object, double[]> other) {
    List<Object> items = new ArrayList<>();
    List<double[]> ones = new ArrayList<>();
    List<double[]> others = new ArrayList<>();
    one.forEach(
        (item, share) -> {
          double[] too = other.get(item);
          if (too != null) {
            items.add(item);
            ones.add(share);
            others.add(too);
          }
        });
    return new Shared(items, ones.toArray(double[][]::new), others.toArray(double[][]::new));
  }

  /** What two raters both put into categories. */
  private record Shared(List<Object> items, double[][] one, double[][] other) {
    int size() {
      return items.size();
    }

    boolean enough(boolean onlyTwo) {
      return size() >= (onlyTwo ? 1 : ENOUGH);
    }

    double kappa(int[] times, CohenKappa.Weight weight) {
      return CohenKappa.of(one, other, times, weight);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.artifact.FeedbackSummary;
import org.plumbline.engine.artifact.ValueWithInterval;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.agreement.CohenKappa.Weight;
import org.plumbline.engine.rlhf.agreement.KrippendorffAlpha.Metric;

class AgreementTest {
  private static final Offset<Double> CLOSE = within(1e-12);
  private static final int[] A = {0, 0, 1, 1, 2, 2, 0, 1, 2, 0};
  private static final int[] B = {0, 1, 1, 1, 2, 0, 0, 1, 2, 2};

  /** Fleiss' example: 10 subjects, 14 raters, 5 categories. */
  private static final int[][] FLEISS = {
    {0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
    {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}
  };

  /** Krippendorff's data, one row per rater; 0 stands for a missing rating. */
  private static final int[][] THREE = {
    {0, 0, 0, 0, 0, 3, 4, 1, 2, 1, 1, 3, 3, 0, 3},
    {1, 0, 2, 1, 3, 3, 4, 3, 0, 0, 0, 0, 0, 0, 0},
    {0, 0, 2, 1, 3, 4, 4, 0, 2, 1, 1, 3, 3, 0, 4}
  };

  private static final int[][] FOUR = {
    {1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
    {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
    {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
    {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0}
  };

  @Test
  void cohensKappaMatchesItsWorkedExample() {
    assertThat(CohenKappa.of(A, B, Weight.NOMINAL))
        .isCloseTo(Vectors.number("1.cohen", "kappa"), CLOSE);
    assertThat(CohenKappa.of(A, B, Weight.LINEAR))
        .isCloseTo(Vectors.number("1.cohen", "linear"), CLOSE);
    assertThat(CohenKappa.of(A, B, Weight.QUADRATIC))
        .isCloseTo(Vectors.number("1.cohen", "quadratic"), CLOSE);
  }

  @Test
  void percentAgreementOfTwoRatersIsTheShareOfEqualRatings() {
    int[][] counts = new int[A.length][3];
    for (int i = 0; i < A.length; i++) {
      counts[i][A[i]]++;
      counts[i][B[i]]++;
    }

    assertThat(PercentAgreement.of(Ratings.ofCounts(counts)))
        .isCloseTo(Vectors.number("1.cohen", "po"), CLOSE);
  }

  @Test
  void fleissKappaMatchesItsWorkedExamples() {
    int[][] small = {{3, 0}, {2, 1}, {0, 3}, {1, 2}, {3, 0}};

    assertThat(FleissKappa.of(Ratings.ofCounts(FLEISS)))
        .isCloseTo(Vectors.number("1.fleiss_wiki", "kappa"), CLOSE);
    assertThat(FleissKappa.of(Ratings.ofCounts(small)))
        .isCloseTo(Vectors.number("1.fleiss_small", "kappa"), CLOSE);
    assertThat(PercentAgreement.of(Ratings.ofCounts(FLEISS)))
        .isCloseTo(Vectors.number("1.fleiss_wiki", "P"), CLOSE);
  }

  @Test
  void krippendorffsAlphaMatchesItsWorkedExamples() {
    for (Metric metric : Metric.values()) {
      String name = metric.name().toLowerCase(Locale.ROOT);
      assertThat(KrippendorffAlpha.of(Ratings.ofCounts(counts(THREE)), metric))
          .isCloseTo(Vectors.of("1.kripp").get("D3").get(name).asDouble(), CLOSE);
      assertThat(KrippendorffAlpha.of(Ratings.ofCounts(counts(FOUR)), metric))
          .isCloseTo(Vectors.of("1.kripp").get("D4").get(name).asDouble(), CLOSE);
    }
  }

  @Test
  void alphaOfNumbersIsThatOfCategoriesWithTheIntervalMetric() {
    assertThat(new IntervalAlpha(numbers(THREE)).estimate(1).value())
        .isCloseTo(Vectors.of("1.kripp").get("D3").get("interval").asDouble(), CLOSE);
    assertThat(new IntervalAlpha(numbers(FOUR)).estimate(1).value())
        .isCloseTo(Vectors.of("1.kripp").get("D4").get("interval").asDouble(), CLOSE);
  }

  @Test
  void alphaOfNumbersDoesNotDependOnWhereTheScaleStandsAndHasAnInterval() {
    List<double[]> shifted =
        numbers(FOUR).stream()
            .map(item -> Arrays.stream(item).map(x -> 1e6 - 0.01 * x).toArray())
            .toList();

    AgreementEstimate estimate = new IntervalAlpha(shifted).estimate(1);

    assertThat(estimate.value())
        .isCloseTo(Vectors.of("1.kripp").get("D4").get("interval").asDouble(), within(1e-6));
    assertThat(estimate.low()).isBetween(0.3, estimate.value());
    assertThat(estimate.high()).isBetween(estimate.value(), 1.0);
    assertThat(new IntervalAlpha(List.of(new double[] {2, 2})).estimate(1).value()).isNaN();
  }

  @Test
  void pairwiseKappasOfTwoPeopleAreCohensAndTheirMeanToo() {
    List<Categorised> said = new ArrayList<>();
    Map<Object, Integer> gold = new LinkedHashMap<>();
    for (int item = 0; item < A.length; item++) {
      said.add(new Categorised(item, "ann", "one", A[item]));
      said.add(new Categorised(item, "bob", "other", B[item]));
      gold.put(item, A[item]);
    }
    PairwiseKappas kappas = new PairwiseKappas(said, 3, gold, Weight.NOMINAL, 1);
    double cohen = Vectors.number("1.cohen", "kappa");

    ValueWithInterval mean = Objects.requireNonNull(kappas.mean());

    assertThat(mean.value()).isCloseTo(cohen, CLOSE);
    assertThat(mean.low()).isLessThan(cohen);
    assertThat(kappas.all())
        .extracting(FeedbackSummary.Kappa::between)
        .containsExactly("groups", "people");
    assertThat(kappas.all()).allMatch(kappa -> Math.abs(kappa.kappa().value() - cohen) < 1e-12);
  }

  @Test
  void aRaterIsPutBesideGoldAndGroupsBesideEachOther() {
    List<Categorised> said = new ArrayList<>();
    Map<Object, Integer> gold = new LinkedHashMap<>();
    for (int item = 0; item < 40; item++) {
      int right = item % 2;
      gold.put(item, right);
      said.add(new Categorised(item, "expert", "experts", right));
      said.add(new Categorised(item, "troll", "trolls", 1 - right));
      // These two agree with gold together, and singly on three of four items.
      said.add(new Categorised(item, "half-1", "halves", item % 4 == 0 ? 1 - right : right));
      said.add(new Categorised(item, "half-2", "halves", item % 4 == 1 ? 1 - right : right));
    }
    Map<List<String>, Double> kappas = new LinkedHashMap<>();
    for (FeedbackSummary.Kappa kappa : new PairwiseKappas(said, 2, gold, Weight.NOMINAL, 1).all()) {
      kappas.put(List.of(kappa.one(), String.valueOf(kappa.other())), kappa.kappa().value());
    }

    assertThat(kappas).containsEntry(List.of("experts", "null"), 1.0);
    assertThat(kappas).containsEntry(List.of("troll", "null"), -1.0);
    assertThat(kappas).containsEntry(List.of("experts", "trolls"), -1.0);
    assertThat(kappas.get(List.of("halves", "null"))).isCloseTo(0.5, CLOSE);
    assertThat(kappas.get(List.of("experts", "halves"))).isCloseTo(0.5, CLOSE);
    // 3 of 4 items right, and 30 of 40 or 10 of 40 in the first category: by chance a half.
    assertThat(kappas.get(List.of("half-1", "null"))).isCloseTo(0.5, CLOSE);
  }

  @Test
  void peopleWhoShareFewItemsAreNotCompared() {
    List<Categorised> said = new ArrayList<>();
    for (int item = 0; item < 60; item++) {
      said.add(new Categorised(item, "ann", "all", item % 2));
      if (item < 30) {
        said.add(new Categorised(item, "bob", "all", item % 2));
      }
      if (item < 19) {
        said.add(new Categorised(item, "cy", "all", 1 - item % 2));
      }
    }

    PairwiseKappas kappas = new PairwiseKappas(said, 2, Map.of(), Weight.NOMINAL, 1);

    assertThat(kappas.all()).hasSize(1).allMatch(kappa -> kappa.items() == 30);
    assertThat(Objects.requireNonNull(kappas.mean()).value()).isEqualTo(1);
  }

  @Test
  void nothingIsMadeUpWhereOnlyOneCategoryIsUsed() {
    Ratings unanimous = Ratings.ofCounts(new int[][] {{2, 0}, {3, 0}});

    assertThat(FleissKappa.of(unanimous)).isNaN();
    assertThat(KrippendorffAlpha.of(unanimous, Metric.NOMINAL)).isNaN();
    assertThat(CohenKappa.of(new int[] {1, 1}, new int[] {1, 1}, Weight.NOMINAL)).isNaN();
    assertThat(PercentAgreement.of(unanimous)).isEqualTo(1);
  }

  @Test
  void itemsWithOneRatingSayNothing() {
    assertThat(Ratings.ofCounts(new int[][] {{1, 0}, {1, 1}, {0, 0}}).size()).isEqualTo(1);
  }

  @Test
  void theIntervalCoversTheTruthAboutAsOftenAsItClaims() {
    // Two raters who agree on an item with probability 0.8; 200 samples of 100 items.
    int covered = 0;
    for (int sample = 0; sample < 200; sample++) {
      int[][] counts = new int[100][];
      for (int item = 0; item < counts.length; item++) {
        boolean agree = RandomStream.of(5, RandomPurpose.ENVIRONMENT, sample).uniform(item) < 0.8;
        counts[item] = agree ? new int[] {2, 0} : new int[] {1, 1};
      }
      AgreementEstimate estimate =
          AgreementEstimate.of(Ratings.ofCounts(counts), PercentAgreement::of, sample);
      covered += estimate.low() <= 0.8 && 0.8 <= estimate.high() ? 1 : 0;
    }

    assertThat(covered / 200.0).isBetween(0.90, 0.99);
  }

  private static List<double[]> numbers(int[][] byRater) {
    List<double[]> items = new ArrayList<>();
    for (int item = 0; item < byRater[0].length; item++) {
      int which = item;
      items.add(
          Arrays.stream(byRater)
              .mapToDouble(rater -> rater[which])
              .filter(rating -> rating > 0)
              .toArray());
    }
    return items;
  }

  private static int[][] counts(int[][] byRater) {
    int[][] counts = new int[byRater[0].length][5];
    for (int[] rater : byRater) {
      for (int item = 0; item < rater.length; item++) {
        if (rater[item] > 0) {
          counts[item][rater[item] - 1]++;
        }
      }
    }
    return counts;
  }
}

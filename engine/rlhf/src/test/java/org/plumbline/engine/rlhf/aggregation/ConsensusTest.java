// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;

/** One of several numbers, classes and orders, by hand-computed examples. */
class ConsensusTest {
  private static <T> Opinion<T> said(int item, int person, T what) {
    return new Opinion<>(item, person, what, 1);
  }

  @Test
  void meansAndMediansWeigh() {
    List<Opinion<Double>> ratings =
        List.of(
            new Opinion<>(0, 0, 1.0, 1),
            new Opinion<>(0, 1, 4.0, 3),
            new Opinion<>(1, 0, 7.0, 1),
            new Opinion<>(1, 2, 9.0, 0));

    assertThat(RatingConsensus.mean(ratings)).isEqualTo(Map.of(0, 3.25, 1, 7.0));
    assertThat(RatingConsensus.median(ratings)).isEqualTo(Map.of(0, 4.0, 1, 7.0));
    assertThat(RatingConsensus.median(List.of(said(5, 0, 2.0), said(5, 1, 3.0))))
        .isEqualTo(Map.of(5, 2.5));
    assertThat(RatingConsensus.median(List.of(said(0, 0, -9.0), said(0, 1, 1.0), said(0, 2, 2.0))))
        .isEqualTo(Map.of(0, 1.0));
  }

  @Test
  void standardScoresTakeOutHowPeopleUseTheScale() {
    List<Opinion<Double>> ratings = new ArrayList<>();
    Random random = new Random(1);
    double[] worth = new double[400];
    for (int i = 0; i < worth.length; i++) {
      worth[i] = random.nextGaussian();
      // The first person is strict and sees every other item, the second generous and sees the
      // rest.
      ratings.add(said(i, i % 2, i % 2 == 0 ? worth[i] - 5 : 3 * worth[i] + 5));
    }

    Map<Integer, Double> plain = RatingConsensus.mean(ratings);
    Map<Integer, Double> standard = RatingConsensus.standardized(ratings);

    assertThat(ordered(worth, plain)).isLessThan(0.8);
    assertThat(ordered(worth, standard)).isGreaterThan(0.95);
  }

  /** The share of neighbouring items that are ordered as they are worth. */
  private static double ordered(double[] worth, Map<Integer, Double> estimate) {
    double right = 0;
    for (int i = 1; i < worth.length; i++) {
      double gap = estimate.getOrDefault(i, 0.0) - estimate.getOrDefault(i - 1, 0.0);
      right += gap * (worth[i] - worth[i - 1]) > 0 ? 1 : 0;
    }
    return right / (worth.length - 1);
  }

  @Test
  void standardScoresOfOneNumberAreThatNumber() {
    assertThat(RatingConsensus.standardized(List.of(said(0, 0, 2.0), said(1, 1, 2.0))))
        .isEqualTo(Map.of(0, 2.0, 1, 2.0));
  }

  @Test
  void whatMostSayIsSaidAndNothingWhereAsManySayAnother() {
    assertThat(
            Plurality.of(
                List.of(
                    said(0, 0, "a"),
                    said(0, 1, "b"),
                    said(0, 2, "b"),
                    said(1, 0, "a"),
                    said(1, 1, "b"),
                    new Opinion<>(2, 0, "a", 0))))
        .isEqualTo(Map.of(0, "b"));
  }

  /** Algorithms 1.12, the vector 1.borda: A 9, B 12, C 7, D 2, though A beats B 3 to 2. */
  @Test
  void bordaPutsFirstWhatDoesBestAgainstAll() {
    List<Opinion<List<Integer>>> rankings = new ArrayList<>();
    for (int h = 0; h < 5; h++) {
      rankings.add(said(0, h, h < 3 ? List.of(0, 1, 2, 3) : List.of(1, 2, 3, 0)));
    }
    double[] points = new double[4];
    for (Opinion<List<Integer>> ranking : rankings) {
      for (int answer = 0; answer < 4; answer++) {
        points[answer] += BordaRanking.points(ranking.said(), 4)[answer];
      }
    }

    assertThat(points).containsExactly(9, 12, 7, 2);
    assertThat(BordaRanking.of(rankings, Map.of(0, 4)).get(0)).containsExactly(1, 0, 2, 3);
  }

  @Test
  void anOrderEndsBeforeAnswersWithEqualPoints() {
    assertThat(
            BordaRanking.of(
                List.of(
                    said(0, 0, List.of(2, 0, 1)),
                    said(0, 1, List.of(2, 1, 0)),
                    said(1, 0, List.of(0, 1)),
                    said(1, 1, List.of(1, 0))),
                Map.of(0, 3, 1, 2)))
        .isEqualTo(Map.of(0, List.of(2)));
    assertThat(BordaRanking.points(List.of(1), 4)).containsExactly(1, 3, 1, 1);
  }

  @Test
  void withTwoClassesItIsDawidAndSkeneOfPairs() {
    List<Opinion<Integer>> labels = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      int truth = random.nextInt(3) == 0 ? 1 : 0;
      for (int h = 0; h < 4; h++) {
        int said = random.nextDouble() < 0.6 + 0.1 * h ? truth : 1 - truth;
        labels.add(said(i, h, said));
        ballots.add(new Ballot(i, h, 1 - said, false));
      }
    }
    List<Compared> pairs = Collections.nCopies(60, new Compared(0, 1));

    ClassDawidSkene.Estimate classes = ClassDawidSkene.of(labels, 2, ClassDawidSkene.USUAL);
    Aggregated binary = DawidSkene.of(new Ballots(pairs, 4, ballots), ClassDawidSkene.USUAL);

    for (int i = 0; i < 60; i++) {
      assertThat(classes.posterior()[i][0]).isCloseTo(binary.one()[i], within(1e-12));
    }
    // Of pairs the order is chance, and each answer counts half; a class counts as it occurs.
    assertThat(classes.reliability()).containsExactly(binary.reliability(), within(1e-3));
    assertThat(classes.objective()).hasSameSizeAs(binary.objective());
  }

  /** Of a class that is never right only the prior is known, which says that all know it. */
  @Test
  void classesThatDoNotOccurSayNothingOfReliability() {
    List<Opinion<Integer>> labels = new ArrayList<>();
    for (int item = 0; item < 300; item++) {
      int right = item % 2;
      for (int person = 0; person < 4; person++) {
        // Three are right; the fourth says the contrary, and now and then a class of its own.
        int wrong = item % 10 == 0 ? 4 : 1 - right;
        labels.add(new Opinion<>(item, person, person < 3 ? right : wrong, 1));
      }
    }

    ClassDawidSkene.Estimate em = ClassDawidSkene.of(labels, 5, ClassDawidSkene.USUAL);

    assertThat(em.reliability()[0]).isGreaterThan(0.98);
    assertThat(em.reliability()[3]).isLessThan(0.02);
  }

  /** Five of twelve people are worse than useless; four classes, three labels of each item. */
  @Test
  void classesAndReliabilitiesThatWerePlantedAreFound() {
    int items = 4000;
    Random random = new Random(5);
    double[] right = {0.9, 0.9, 0.9, 0.8, 0.8, 0.7, 0.7, 0.3, 0.25, 0.25, 0.25, 0.25};
    List<Opinion<Integer>> labels = new ArrayList<>();
    int[] truth = new int[items];
    for (int i = 0; i < items; i++) {
      truth[i] = random.nextInt(4);
      for (int k = 0; k < 5; k++) {
        int h = (i + k * 5) % right.length;
        boolean knows = random.nextDouble() < right[h];
        labels.add(said(i, h, knows ? truth[i] : (truth[i] + 1 + random.nextInt(3)) % 4));
      }
    }

    ClassDawidSkene.Estimate em = ClassDawidSkene.of(labels, 4, ClassDawidSkene.USUAL);

    assertThat(em.converged()).isTrue();
    for (int i = 1; i < em.objective().size(); i++) {
      assertThat(em.objective().get(i)).isGreaterThanOrEqualTo(em.objective().get(i - 1) - 1e-9);
    }
    for (int h = 0; h < right.length; h++) {
      assertThat(em.reliability()[h]).isCloseTo(right[h], within(0.04));
    }
    Map<Integer, Integer> most = Plurality.of(labels);
    int found = 0;
    int voted = 0;
    for (int i = 0; i < items; i++) {
      found += em.posterior()[i][truth[i]] > 0.5 ? 1 : 0;
      voted += most.getOrDefault(i, -1) == truth[i] ? 1 : 0;
    }
    assertThat(found).isGreaterThan(voted + items / 50);
  }
}

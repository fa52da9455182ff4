// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.statistics.Moments;

class BestOfTest {
  private static final Offset<Double> CLOSE = within(1e-9);
  private static final double[] BASE = {.42, .18, .08, .32};
  private static final double[] REWARDS = {1, 0, 2, -1};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 64, 256})
  void divergenceBoundMatchesTheFormula(int n) {
    assertThat(BestOf.klBound(n)).isCloseTo(Vectors.number("4.bon_kl", "" + n), CLOSE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 16})
  void distributionOfTheBestMatchesTheToySpace(int n) {
    JsonNode expected = Vectors.of("4.bon_toy").get("" + n);

    double[] best = BestOf.distribution(BASE, REWARDS, n);

    for (int i = 0; i < best.length; i++) {
      assertThat(best[i]).isCloseTo(expected.get("dist").get(i).asDouble(), CLOSE);
    }
    double reward = 0;
    for (int i = 0; i < best.length; i++) {
      reward += best[i] * REWARDS[i];
    }
    assertThat(reward).isCloseTo(expected.get("E[r]").asDouble(), CLOSE);
    assertThat(BestOf.klBound(n)).isCloseTo(expected.get("KL_formula").asDouble(), CLOSE);
    assertThat(KlEstimate.exact(best, BASE))
        .isCloseTo(expected.get("KL_exact").asDouble(), CLOSE)
        .isLessThanOrEqualTo(BestOf.klBound(n) + 1e-12);
  }

  /** The samples of a colder model: what is added for the choice alone is not enough. */
  @Test
  void divergenceOfTheBestOfColdSamplesNeedsTheDriftOfTheSamples() {
    double[] base = {.42, .18, .01, .39};
    double[] cold = new double[base.length];
    double sum = 0;
    for (double p : base) {
      sum += p * p; // temperature 1/2 squares probabilities
    }
    for (int i = 0; i < base.length; i++) {
      cold[i] = base[i] * base[i] / sum;
    }
    double[] best = BestOf.distribution(cold, new double[] {3, 1, 0, -1}, 16);
    double exact = KlEstimate.exact(best, base);
    double drift = 0;
    for (int i = 0; i < base.length; i++) {
      drift += best[i] * StrictMath.log(cold[i] / base[i]);
    }
    double[] rare = BestOf.distribution(cold, new double[] {0, 2, -2, -1}, 16);

    assertThat(BestOf.klBound(16) + drift).isGreaterThan(exact);
    assertThat(KlEstimate.exact(rare, cold)).isLessThanOrEqualTo(BestOf.klBound(16));
  }

  @Test
  void unbiasedEstimateMatchesTheWorkedExample() {
    double[] proxy = {.1, .4, .5, .9, 1.3};
    double[] gold = {.2, .3, .8, .6, -.4};

    for (int n : new int[] {1, 2, 3, 5}) {
      JsonNode expected = Vectors.of("4.bon_unbiased").get("" + n);

      assertThat(BestOf.expectedGold(proxy, gold, n))
          .isCloseTo(expected.get("gold").asDouble(), CLOSE);
      assertThat(BestOf.expectedGold(proxy, proxy, n))
          .isCloseTo(expected.get("proxy").asDouble(), CLOSE);
    }
  }

  @Test
  void theEstimateOfTwoIsTheMeanOverAllPairsOfTheWorkedExample() {
    double[] proxy = {.1, .4, .5, .9, 1.3};
    double[] gold = {.2, .3, .8, .6, -.4};
    double pairs = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < i; j++) {
        pairs += gold[i] / 10; // i has the higher proxy
      }
    }

    assertThat(pairs).isCloseTo(Vectors.of("4.bon_unbiased_check").asDouble(), CLOSE);
    assertThat(BestOf.expectedGold(proxy, gold, 2)).isCloseTo(pairs, CLOSE);
  }

  /** Over all that three draws can be, the curve's point at n is the mean under best-of-n. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theCurveHasTheMeanOfTheClosedForm(int n) {
    double[] gold = {.3, -1, 2, .5};
    double mean = 0;
    for (int draws = 0; draws < 64; draws++) {
      double probability = 1;
      double[] proxies = new double[3];
      double[] golds = new double[3];
      for (int i = 0; i < 3; i++) {
        int drawn = draws >> 2 * i & 3;
        probability *= BASE[drawn];
        proxies[i] = REWARDS[drawn];
        golds[i] = gold[drawn];
      }
      mean += probability * BestOf.expectedGold(proxies, golds, n);
    }
    double exact = 0;
    double[] best = BestOf.distribution(BASE, REWARDS, n);
    for (int i = 0; i < 4; i++) {
      exact += best[i] * gold[i];
    }

    assertThat(mean).isCloseTo(exact, CLOSE);
  }

  /** What keeping the best of k again and again comes to, if each round is learned in full. */
  @Test
  void theBestOfThreeOfTheBestOfThreeIsTheBestOfNine() {
    double[] again = BestOf.distribution(BestOf.distribution(BASE, REWARDS, 3), REWARDS, 3);

    assertThat(again).containsExactly(BestOf.distribution(BASE, REWARDS, 9), CLOSE);
  }

  @Test
  void theBestOfOneIsTheMeanAndTheBestOfTwoThatOfAllPairs() {
    double[] worth = {3, 1, 4, 1.5, 9};
    double[] scores = {2, 2, 1, 5, 3};
    double pairs = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < i; j++) {
        pairs +=
            scores[i] == scores[j]
                ? (worth[i] + worth[j]) / 2
                : scores[i] > scores[j] ? worth[i] : worth[j];
      }
    }

    assertThat(BestOf.expectedGold(scores, worth, 1)).isCloseTo(Moments.mean(worth), CLOSE);
    assertThat(BestOf.expectedGold(scores, worth, 2)).isCloseTo(pairs / 10, CLOSE);
    assertThat(BestOf.expectedGold(new double[5], worth, 3)).isCloseTo(Moments.mean(worth), CLOSE);
  }
}

package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plumbline.engine.rlhf.Vectors;

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
    assertThat(KlEstimate.exact(best, BASE))
        .isCloseTo(expected.get("KL_exact").asDouble(), CLOSE)
        .isLessThanOrEqualTo(BestOf.klBound(n) + 1e-12);
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
}

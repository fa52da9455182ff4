// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RewardStatisticsTest {
  private static final double CLOSE = 1e-9;

  private static double number(String vector, String key) {
    try (InputStream in =
        Objects.requireNonNull(
            RewardStatisticsTest.class.getResourceAsStream("/statistics/vectors.json"))) {
      JsonNode node = new ObjectMapper().readTree(in).required(vector).required(key);
      return node.asDouble();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void rankCorrelationsMatch() {
    double[] gold = {.1, .4, .35, .8, .7};
    double[] scores = {1, 3, 2, 2, 5};

    assertThat(RankCorrelation.spearman(gold, scores))
        .isCloseTo(number("5.rank", "spearman"), within(CLOSE));
    assertThat(RankCorrelation.kendall(gold, scores))
        .isCloseTo(number("5.rank", "kendall_tau_b"), within(CLOSE));
    assertThat(RankCorrelation.accuracy(gold, scores))
        .isCloseTo(number("5.rank", "rm_acc_ties_half"), within(CLOSE));
    assertThat(RankCorrelation.kendall(gold, new double[5])).isNull();
    assertThat(RankCorrelation.spearman(gold, new double[5])).isNull();
  }

  @Test
  void anAccurateScoreMayStillChooseTheWorst() {
    double[] gold = IntStream.range(0, 21).mapToDouble(i -> i < 20 ? .1 * i : -3).toArray();
    double[] scores = IntStream.range(0, 21).mapToDouble(i -> i).toArray();

    assertThat(RankCorrelation.accuracy(gold, scores))
        .isCloseTo(number("G.rmeval", "pairwise_acc"), within(CLOSE));
  }

  @Test
  void welfareMatches() {
    Welfare welfare = Welfare.of(new double[] {.82, .35}, new double[] {.7, .3});

    assertThat(welfare.mean()).isCloseTo(number("5.welfare", "mean"), within(CLOSE));
    assertThat(welfare.min()).isCloseTo(number("5.welfare", "min"), within(CLOSE));
    assertThat(welfare.gap()).isCloseTo(number("5.welfare", "gap"), within(CLOSE));
    assertThat(welfare.gini()).isCloseTo(number("5.welfare", "gini"), within(CLOSE));
    assertThat(welfare.nash()).isCloseTo(number("5.welfare", "nash(w geo)"), within(CLOSE));
    assertThat(welfare.atkinson()).isCloseTo(number("5.welfare", "atkinson_eps1"), within(CLOSE));
  }

  @Test
  void whatNeedsUtilitiesAboveZeroIsNotSaidOfOthers() {
    Welfare welfare = Welfare.of(new double[] {1, -.5}, new double[] {.5, .5});

    assertThat(welfare.mean()).isEqualTo(.25);
    assertThat(welfare.gini()).isNull();
    assertThat(welfare.nash()).isNull();
    assertThat(welfare.atkinson()).isNull();
  }

  @Test
  void aCalibratedModelErrsByNoMoreThanChanceAndItsCurveAddsUpToAll() {
    double ratio = 0;
    for (int seed = 0; seed < 200; seed++) {
      Calibration drawn = drawn(seed, 1, 400);
      ratio += drawn.ece() / drawn.expectedEce() / 200;
      assertThat(drawn.points().stream().mapToInt(Calibration.Point::n).sum()).isEqualTo(400);
      double ece =
          drawn.points().stream()
              .mapToDouble(p -> p.n() * Math.abs(p.predicted() - p.happened()) / 400)
              .sum();
      assertThat(drawn.ece()).isCloseTo(ece, within(CLOSE));
    }
    Calibration sure = drawn(1, 3, 400);

    // the standard error of the ratio is about .3 / sqrt(200)
    assertThat(ratio).isCloseTo(1, within(.08));
    assertThat(sure.ece()).isGreaterThan(2.5 * sure.expectedEce());
  }

  @Test
  void theFactorOfModelsThatAreTooSureIsFoundAgain() {
    int n = 40_000;
    double[] logOdds = new double[n];
    double[] happened = new double[n];
    SplitMix64 random = new SplitMix64(7);
    for (int i = 0; i < n; i++) {
      double truth = 4 * random.nextDouble() - 2;
      logOdds[i] = 2.5 * truth;
      happened[i] = random.nextDouble() < TemperatureScaling.sigmoid(truth) ? 1 : 0;
    }

    // the standard error is .0047: 1 / sqrt(sum of p (1 - p) d^2)
    assertThat(TemperatureScaling.fit(logOdds, happened)).isCloseTo(.4, within(.015));
    assertThat(TemperatureScaling.fit(new double[] {1, 2}, new double[] {1, 1}))
        .isEqualTo(TemperatureScaling.MOST);
    assertThat(TemperatureScaling.fit(new double[] {1, 2}, new double[] {0, 0})).isZero();
  }

  @Test
  void theFactorIsWhereTheSlopeVanishes() {
    double[] logOdds = {2, -1, .5, 3, -.2, 1};
    double[] happened = {1, .5, 0, 1, 1, .25};

    double rho = TemperatureScaling.fit(logOdds, happened);

    double slope =
        IntStream.range(0, 6)
            .mapToDouble(
                i -> (TemperatureScaling.sigmoid(rho * logOdds[i]) - happened[i]) * logOdds[i])
            .sum();
    assertThat(slope).isCloseTo(0, within(1e-8));
  }

  /** Predictions that are {@code sure} times as far from a half, in log-odds, as they should be. */
  private static Calibration drawn(long seed, double sure, int n) {
    SplitMix64 random = new SplitMix64(seed);
    double[] truth = IntStream.range(0, n).mapToDouble(i -> 4 * random.nextDouble() - 2).toArray();
    double[] happened =
        Arrays.stream(truth)
            .map(t -> random.nextDouble() < TemperatureScaling.sigmoid(t) ? 1 : 0)
            .toArray();
    double[] predicted =
        Arrays.stream(truth).map(t -> TemperatureScaling.sigmoid(sure * t)).toArray();
    return Calibration.of(predicted, happened, 10);
  }
}

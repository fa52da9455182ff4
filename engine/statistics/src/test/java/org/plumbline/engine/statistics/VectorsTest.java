// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VectorsTest {

  private static final Offset<Double> CLOSE = within(1e-9);
  private static final double[] EIGHT = {.1, .4, .5, .7, .9, 1.3, 2, 5};
  private static final List<List<String>> TEXTS =
      List.of(
          Diversity.words("the cat sat on the mat"),
          Diversity.words("the cat ran on the road"),
          Diversity.words("a dog sat on a log"));
  private static final double[][] WINS = {{0, 7, 9}, {3, 0, 6}, {1, 4, 0}};

  private final JsonNode vectors = read();

  private static JsonNode read() {
    try (InputStream in = VectorsTest.class.getResourceAsStream("/statistics/vectors.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode at(String name) {
    return Objects.requireNonNull(vectors.get(name), name);
  }

  private double number(String name, String... fields) {
    JsonNode node = at(name);
    for (String field : fields) {
      node = node.required(field);
    }
    return node.asDouble();
  }

  @Test
  void wilsonIntervalsMatch() {
    int[][] cases = {{37, 50}, {0, 10}, {10, 10}};

    for (int[] c : cases) {
      JsonNode expected = at("5.wilson").required(c[0] + "/" + c[1]);
      Bounds bounds = Wilson.interval(c[0], c[1]);
      assertThat(bounds.low()).isCloseTo(expected.get(0).asDouble(), CLOSE);
      assertThat(bounds.high()).isCloseTo(expected.get(1).asDouble(), CLOSE);
    }
  }

  @Test
  void overOptimisationFollowsTheTwoFormsAndTheirPeaks() {
    OverOptimisation bon = new OverOptimisation(OverOptimisation.Form.BEST_OF_N, .8, .12);
    OverOptimisation rl = new OverOptimisation(OverOptimisation.Form.RL, .8, .35);

    at("5.gold_bon")
        .properties()
        .forEach(
            point ->
                assertThat(bon.gold(Double.parseDouble(point.getKey())))
                    .isCloseTo(point.getValue().asDouble(), CLOSE));
    at("5.gold_rl")
        .properties()
        .forEach(
            point ->
                assertThat(rl.gold(Double.parseDouble(point.getKey())))
                    .isCloseTo(point.getValue().asDouble(), CLOSE));
    double bonPeak = Objects.requireNonNull(bon.peak());
    double rlPeak = Objects.requireNonNull(rl.peak());
    assertThat(bonPeak).isCloseTo(number("5.gold_peak", "bon_d"), CLOSE);
    assertThat(bon.gold(bonPeak)).isCloseTo(number("5.gold_peak", "bon_R"), CLOSE);
    assertThat(rlPeak).isCloseTo(number("5.gold_peak", "rl_d"), CLOSE);
    assertThat(rl.gold(rlPeak)).isCloseTo(number("5.gold_peak", "rl_R"), CLOSE);
  }

  @Test
  void aFitFindsTheCoefficientsThatMadeThePoints() {
    for (OverOptimisation.Form form : OverOptimisation.Form.values()) {
      OverOptimisation truth = new OverOptimisation(form, .8, .12);
      double[] distance = {0, .5, 1, 2, 4, 8};
      double[] gold = new double[distance.length];
      for (int i = 0; i < gold.length; i++) {
        gold[i] = truth.gold(distance[i]);
      }

      OverOptimisation fit = Objects.requireNonNull(OverOptimisation.fit(form, distance, gold));

      assertThat(fit.alpha()).isCloseTo(.8, CLOSE);
      assertThat(fit.beta()).isCloseTo(.12, CLOSE);
    }
    assertThat(
            OverOptimisation.fit(
                OverOptimisation.Form.RL, new double[] {0, 2, 2}, new double[] {0, 1, 1}))
        .isNull();
  }

  @Test
  void selfBleuMatches() {
    for (int n = 2; n <= 4; n++) {
      assertThat(Moments.mean(SelfBleu.each(TEXTS, n)))
          .isCloseTo(at("5.selfbleu").required(String.valueOf(n)).asDouble(), CLOSE);
    }
    assertThat(SelfBleu.each(List.of(TEXTS.get(0), TEXTS.get(0)), 3)).containsExactly(1, 1);
  }

  @Test
  void effectiveAnswersCountModes() {
    assertThat(Diversity.effective(List.of("a", "b", "c", "d"))).isCloseTo(4, CLOSE);
    assertThat(Diversity.effective(List.of("a", "a", "a"))).isCloseTo(1, CLOSE);
    assertThat(Diversity.effective(List.of("a", "a", "b", "b"))).isCloseTo(2, CLOSE);
    List<String> words = TEXTS.stream().flatMap(List::stream).toList();
    assertThat(StrictMath.log(Diversity.effective(words)))
        .isCloseTo(at("5.entropy_unigram").asDouble(), CLOSE);
    double[] pseudo = Diversity.effectivePseudoValues(List.of("a", "a", "b", "c"));
    double without = Diversity.effective(List.of("a", "b", "c"));
    double whole = Diversity.effective(List.of("a", "a", "b", "c"));
    assertThat(pseudo[0]).isCloseTo(4 * whole - 3 * without, CLOSE);
    assertThat(pseudo[2])
        .isCloseTo(4 * whole - 3 * Diversity.effective(List.of("a", "a", "c")), CLOSE);
  }

  @Test
  void theStratifiedBootstrapDrawsRunsWithinTasks() {
    double[][] table = {{1, 10, 100}, {2, 20, 200}, {3, 30, 300}, {4, 40, 400}};
    StratifiedBootstrap drawn = StratifiedBootstrap.of(table, 500, new SplitMix64(1));

    assertThat(drawn.value(Moments::mean)).isCloseTo(2.5 * 111 / 3, CLOSE);
    Bounds mean = drawn.interval(Moments::mean);
    assertThat(mean.low()).isLessThan(2.5 * 111 / 3).isGreaterThan(111 / 3.0);
    assertThat(mean.high()).isGreaterThan(2.5 * 111 / 3).isLessThan(4 * 111 / 3.0);
    // Every draw has as many numbers of each task as there are runs.
    Bounds small =
        drawn.interval(all -> (double) java.util.Arrays.stream(all).filter(v -> v < 5).count());
    assertThat(small).isEqualTo(new Bounds(4, 4));
    StratifiedBootstrap single =
        StratifiedBootstrap.of(new double[][] {{1, 2, 6}}, 500, new SplitMix64(1));
    assertThat(single.interval(Moments::mean)).isEqualTo(new Bounds(3, 3));
  }

  @Test
  void theFrontierHoldsWhomNobodyBeats() {
    boolean[] on = Frontier.of(new double[] {0, 1, 2, 1.5, 2}, new double[] {0, 2, 5, 6, 5});

    assertThat(on).containsExactly(true, true, true, false, true);
  }

  @Test
  void itemBootstrapDrawsTheSameResamples() {
    JsonNode expected = at("5.boot_vec");

    assertThat(Bootstrap.resampledMean(EIGHT, new SplitMix64(42)))
        .isCloseTo(expected.required("first").asDouble(), CLOSE);
    Bounds bounds = Bootstrap.ofMean(EIGHT, 1000, new SplitMix64(42));
    assertThat(bounds.low()).isCloseTo(expected.required("ci").get(0).asDouble(), CLOSE);
    assertThat(bounds.high()).isCloseTo(expected.required("ci").get(1).asDouble(), CLOSE);
  }

  @Test
  void bradleyTerryFindsTheMaximum() {
    double[] strengths = BradleyTerryRating.fit(WINS);
    double[] ratings = BradleyTerryRating.ratings(strengths);

    for (int i = 0; i < 3; i++) {
      assertThat(strengths[i]).isCloseTo(at("5.bt_mle").required("s").get(i).asDouble(), CLOSE);
      assertThat(ratings[i])
          .isCloseTo(at("5.bt_mle").required("elo").get(i).asDouble(), within(1e-6));
    }
    assertThat(BradleyTerryRating.logLikelihood(WINS, strengths))
        .isCloseTo(number("5.bt_mle", "loglik"), CLOSE);
  }

  @Test
  void pseudoValuesOfStrengthsAreWhatAnObservationMovesThemBy() {
    double[][][][] wins = new double[3][3][1][10];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int p = 0; i != j && p < 10; p++) {
          wins[i][j][0][p] = (i < j ? p < WINS[i][j] : p >= WINS[j][i]) ? 1 : 0;
        }
      }
    }
    double[] strengths = BradleyTerryRating.fit(WINS);
    double step = 1e-4;
    double[][] more = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        more[i][j] = WINS[i][j] + step * wins[i][j][0][8];
      }
    }

    double[][][] pseudo = BradleyTerryRating.pseudoValues(strengths, wins);
    double[] moved = BradleyTerryRating.fit(more);

    for (int i = 0; i < 3; i++) {
      assertThat(pseudo[i][0][8] - strengths[i])
          .isCloseTo(10 * (moved[i] - strengths[i]) / step, within(1e-3));
      assertThat(Moments.mean(pseudo[i][0])).isCloseTo(strengths[i], within(1e-9));
    }
  }

  @Test
  void lengthControlledWinRateMatches() {
    double[] longer = {0.5, 1.2, -.3, 2.0, .1, -1.5, .8, -.6};
    double[] wins = {1, 1, 0, 1, 1, 0, 1, 0};

    LengthControlled fit = LengthControlled.fit(wins, longer);

    assertThat(Moments.sd(longer)).isCloseTo(number("5.lc", "std"), CLOSE);
    assertThat(fit.theta()).isCloseTo(number("5.lc", "theta"), CLOSE);
    assertThat(fit.phi()).isCloseTo(number("5.lc", "phi"), CLOSE);
    assertThat(fit.winRate()).isCloseTo(number("5.lc", "lc_wr"), CLOSE);
  }

  @Test
  void diversityMatches() {
    for (int n = 1; n <= 3; n++) {
      assertThat(Diversity.distinct(TEXTS, n))
          .isCloseTo(at("5.distinct").required("" + n).get(2).asDouble(), CLOSE);
    }
  }

  @Test
  void trimmedAndPlainMeansMatch() {
    double[] ten = java.util.Arrays.copyOf(EIGHT, 10);
    ten[8] = .2;
    ten[9] = .3;
    assertThat(Moments.interquartileMean(EIGHT)).isCloseTo(number("5.iqm", "8"), CLOSE);
    assertThat(Moments.interquartileMean(ten)).isCloseTo(number("5.iqm", "10"), CLOSE);
    assertThat(Quantile.ofSorted(EIGHT, .5)).isCloseTo(number("5.iqm", "median8"), CLOSE);
    assertThat(Moments.mean(EIGHT)).isCloseTo(number("5.iqm", "mean8"), CLOSE);
  }

  @Test
  void distinctWordsAreComparedWithWhatAVocabularyWouldGive() {
    assertThat(Diversity.expectedDistinct(TEXTS, 1000).value())
        .isCloseTo(number("5.ead", "V1000"), CLOSE);
    PseudoValues twenty = Diversity.expectedDistinct(TEXTS, 20);
    assertThat(twenty.value()).isCloseTo(number("5.ead", "V20"), CLOSE);
    double without = Diversity.expectedDistinct(TEXTS.subList(1, 3), 20).value();
    assertThat(twenty.values()[0]).isCloseTo(3 * twenty.value() - 2 * without, CLOSE);
    assertThat(Diversity.expectedDistinct(List.of(List.of()), 20).value()).isZero();
    assertThat(Diversity.expectedDistinct(List.of(List.of("a", "a")), 1).value()).isEqualTo(1);
  }

  @Test
  void cosinesOfAllPairsMatch() {
    List<Map<Integer, Double>> vectors =
        List.of(Map.of(0, 1.0), Map.of(0, 0.6, 1, 0.8), Map.of(1, 0.6, 2, 0.8));

    assertThat(CosineDiversity.of(vectors, 3).value())
        .isCloseTo(number("5.paircos", "diversity=1-mean"), CLOSE);
  }

  @Test
  void textsAreAsDifferentAsTheirWords() {
    List<String> one = List.of("a", "b");
    List<String> other = List.of("c");

    assertThat(CosineDiversity.of(List.of(one, other)).value()).isCloseTo(1, CLOSE);
    assertThat(CosineDiversity.of(List.of(one, one, one)).value()).isCloseTo(0, CLOSE);
    assertThat(CosineDiversity.of(List.of(List.of(), List.of())).value()).isCloseTo(0, CLOSE);
    PseudoValues three = CosineDiversity.of(List.of(one, other, one));
    assertThat(three.value()).isCloseTo(2 / 3.0, CLOSE);
    assertThat(three.values()[1]).isCloseTo(3 * three.value() - 2 * 0, CLOSE);
    assertThat(three.values()[0]).isCloseTo(3 * three.value() - 2 * 1, CLOSE);
    assertThat(CosineDiversity.of(List.of(one)).value()).isZero();
  }

  @Test
  void eloFollowsTheGamesInOrder() {
    List<Elo.Game> games =
        List.of(
            new Elo.Game(0, 1, 1),
            new Elo.Game(0, 2, 1),
            new Elo.Game(1, 2, 0.5),
            new Elo.Game(2, 0, 1));

    for (int k : new int[] {4, 32}) {
      double[] ratings = Elo.inOrder(3, games, k);
      for (int i = 0; i < 3; i++) {
        assertThat(ratings[i])
            .isCloseTo(number("5.elo", "K" + k, "ABC".substring(i, i + 1)), within(1e-8));
      }
    }
  }

  @Test
  void theOrderOfTheGamesHardlyMovesTheMedian() {
    List<Elo.Game> games = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      games.add(new Elo.Game(0, 1, i % 4 == 0 ? 0 : 1));
      games.add(new Elo.Game(1, 2, i % 3 == 0 ? 0 : 1));
    }
    List<Elo.Game> sorted = new ArrayList<>(games);
    sorted.sort(Comparator.comparingDouble(Elo.Game::won));

    double[] one = Elo.median(3, games, new SplitMix64(1));
    double[] other = Elo.median(3, sorted, new SplitMix64(2));

    for (int i = 0; i < 3; i++) {
      assertThat(one[i]).isCloseTo(other[i], within(1.0));
    }
    assertThat(one[0]).isGreaterThan(one[1] + 10);
    assertThat(one[1]).isGreaterThan(one[2] + 10);
    assertThat(Elo.inOrder(3, sorted, Elo.K)[0])
        .as("what the order alone can do")
        .isGreaterThan(one[0] + 5);
  }

  @Test
  void standardErrorsOfStrengthsAreThoseOfTheFisherInformation() {
    double[][] met = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        met[i][j] = WINS[i][j] + WINS[j][i];
      }
    }

    double[][] covariance = BradleyTerryRating.covariance(BradleyTerryRating.fit(WINS), met);

    assertThat(StrictMath.sqrt(covariance[0][0] + covariance[2][2] - 2 * covariance[0][2]))
        .isCloseTo(at("5.bt_se(s0-s2)").asDouble(), CLOSE);
  }

  @Test
  void pairedSeedsMatch() {
    double[] own = {.62, .70, .55, .66, .71};
    double[] other = {.58, .61, .57, .60, .65};
    double[][] column = new double[5][1];
    for (int i = 0; i < 5; i++) {
      column[i][0] = own[i] - other[i];
    }

    Paired paired = Paired.of(own, other, new SplitMix64(1));
    Halves t = TwoWayAnova.mean(column).halves(Reach.RECIPE, 0.05);

    assertThat(paired.difference()).isCloseTo(number("5.paired", "mean_diff"), CLOSE);
    assertThat(paired.p()).isCloseTo(number("5.paired", "perm_p_two_sided"), CLOSE);
    assertThat(paired.improves()).isCloseTo(number("5.paired", "prob_improve"), CLOSE);
    JsonNode interval = at("5.paired").required("exact_boot_ci95");
    assertThat(paired.interval().low()).isCloseTo(interval.get(0).asDouble(), CLOSE);
    assertThat(paired.interval().high()).isCloseTo(interval.get(1).asDouble(), CLOSE);
    assertThat(paired.difference() * StudentT.twoSided(0.05, 4) / t.total())
        .isCloseTo(number("5.paired", "t"), within(1e-8));
  }

  @Test
  void aSignFlipTestOfFiveSeedsCannotGiveLess() {
    double[] higher = {1, 2, 3, 4, 5};

    assertThat(Paired.smallestP(5)).isEqualTo(2 / 32.0);
    assertThat(Paired.of(higher, new double[5], new SplitMix64(1)).p()).isEqualTo(2 / 32.0);
    assertThat(Paired.of(higher, higher, new SplitMix64(1)).p()).isEqualTo(1);
  }

  @Test
  void manySeedsAreDrawnFrom() {
    double[] own = new double[20];
    double[] other = new double[20];
    for (int i = 0; i < 20; i++) {
      own[i] = i % 4 == 0 ? -1 : 1; // 15 of 20: the sign test's p is 0.0414
    }

    Paired drawn = Paired.of(own, other, new SplitMix64(3));

    assertThat(drawn.p()).isCloseTo(0.0414, within(0.004));
    assertThat(drawn.interval().low()).isCloseTo(0.1, within(0.051));
    assertThat(drawn.interval().high()).isCloseTo(0.8, within(0.151));
  }

  @Test
  void shufflesMatch() {
    for (int[] c : new int[][] {{8, 42}, {5, 0}}) {
      int[] order = new int[c[0]];
      Arrays.setAll(order, i -> i);

      new SplitMix64(c[1]).shuffle(order);

      List<Integer> expected = new ArrayList<>();
      at("6.shuffle")
          .required("n%d seed%d".formatted(c[0], c[1]))
          .forEach(i -> expected.add(i.asInt()));
      assertThat(order).containsExactly(expected.stream().mapToInt(i -> i).toArray());
    }
  }

  @Test
  void calibrationMatches() {
    double[] predicted = {.55, .62, .71, .78, .83, .91, .95, .58, .67, .88};
    double[] happened = {1, 0, 1, 1, 0, 1, 1, 1, 0, 1};

    Calibration ten = Calibration.of(predicted, happened, 10);
    Calibration five = Calibration.of(predicted, happened, 5);

    assertThat(ten.ece()).isCloseTo(number("3.calib", "ece10"), CLOSE);
    assertThat(five.ece()).isCloseTo(number("3.calib", "ece5"), CLOSE);
    assertThat(ten.brier()).isCloseTo(number("3.calib", "brier"), CLOSE);
    assertThat(ten.logLoss()).isCloseTo(number("3.calib", "nll"), CLOSE);
  }

  @Test
  void softLabelsCountInProportion() {
    Calibration half = Calibration.of(new double[] {.5}, new double[] {.5}, 10);

    assertThat(half.ece()).isZero();
    assertThat(half.logLoss()).isCloseTo(StrictMath.log(2), CLOSE);
  }

  @Test
  void splitMixGivesThePublishedNumbers() {
    SplitMix64 random = new SplitMix64(1234567);

    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("3203168211198807973");
    assertThat(new SplitMix64(0).nextDouble()).isCloseTo(.883310808214, CLOSE);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.plumbline.engine.rlhf.Vectors;

class LikelihoodsTest {
  private static final List<List<Integer>> ORDERS =
      List.of(
          List.of(0, 1, 2),
          List.of(0, 2, 1),
          List.of(1, 0, 2),
          List.of(1, 2, 0),
          List.of(2, 0, 1),
          List.of(2, 1, 0));

  @Test
  void rankingsMatchTheWorkedExamples() {
    double[] scores = {1, .5, -.5};
    double sum = 0;
    for (List<Integer> order : ORDERS) {
      double loss = loss(new PlackettLuce(3, 3), order, scores);
      String key = order.toString().replace('[', '(').replace(']', ')');
      assertThat(-loss).isCloseTo(Vectors.number("2.pl", key), within(1e-9));
      sum += Math.exp(-loss);
    }
    assertThat(sum).isCloseTo(Vectors.of("2.pl_sum").asDouble(), within(1e-12));
  }

  /** All pairs of a ranking (Ouyang et al. 2022), and a correction with its margin, are choices. */
  @Test
  void pairsOfARankingAndCorrectionsMatchTheWorkedExamples() {
    double[] scores = {1, .5, -.5};
    double sum = 0;
    for (int[] pair : new int[][] {{0, 1}, {0, 2}, {1, 2}}) {
      double[] two = {scores[pair[0]], scores[pair[1]]};
      sum += loss(new PlackettLuce(2, 2), List.of(0, 1), two);
    }
    VotedPair corrected =
        new VotedPair(TieModel.NONE, Reliabilities.known(1), new VotedPair.Shape(.5, 0));
    List<Vote> first = List.of(new Vote(0, 1, 0, 0));
    double[] mended = {1.5, .9};

    assertThat(sum / 3).isCloseTo(Vectors.of("2.kwise_pairs").asDouble(), within(1e-9));
    assertThat(loss(new PlackettLuce(2, 2), List.of(0, 1), mended))
        .isCloseTo(Vectors.number("2.correction", "nll"), within(1e-9));
    assertThat(loss(corrected, first, mended))
        .isCloseTo(Vectors.number("2.correction", "with_margin.5"), within(1e-9));
  }

  @Test
  void theBestOfFourMatchesTheWorkedExample() {
    double[] scores = {.1, 1, .3, -.2};

    assertThat(loss(new PlackettLuce(4, 4), List.of(1), scores))
        .isCloseTo(Vectors.number("2.best_of_4", "nll_best1"), within(1e-9));
    assertThat(loss(new PlackettLuce(4, 1), List.of(1, 2, 0, 3), scores))
        .isCloseTo(Vectors.number("2.best_of_4", "nll_best1"), within(1e-9));
  }

  @Test
  void stepsMatchTheWorkedExampleAndWhatNobodySaidDoesNotCount() {
    double[] right = {.99, .9, .97, .6};
    double[] scores = new double[4];
    for (int i = 0; i < 4; i++) {
      scores[i] = Math.log(right[i] / (1 - right[i]));
    }

    assertThat(loss(new PartLabels(), List.of(1.0, 1.0, 1.0, 0.0), scores))
        .isCloseTo(Vectors.number("2.prm", "bce"), within(1e-9));
    assertThat(loss(new PartLabels(), List.of(Double.NaN, 1.0, Double.NaN, Double.NaN), scores))
        .isCloseTo(-Math.log(.9), within(1e-9));
    assertThat(Math.exp(-loss(new PartLabels(), List.of(1.0), new double[] {.7})))
        .isCloseTo(
            1 - Math.exp(-loss(new PartLabels(), List.of(0.0), new double[] {.7})), within(1e-12));
  }

  @Test
  void twoAnswersAreRankedAsBradleyAndTerryWould() {
    assertThat(loss(new PlackettLuce(2, 2), List.of(0, 1), new double[] {1.2, .4}))
        .isCloseTo(Vectors.number("2.bt", "nll"), within(1e-9));
  }

  @Test
  void ratingsMatchTheWorkedExample() {
    double[] numbers = {Math.log(.5)};

    double loss =
        new GaussianRating(0)
            .loss(new Rated(0, 3.2), new double[] {2.5}, numbers, Gradient.zeros(1, 1));

    assertThat(loss).isCloseTo(Vectors.number("2.gauss", "nll"), within(1e-9));
  }

  @Test
  void stepsOfAScaleMatchTheWorkedExampleAndSumToOne() {
    CumulativeLogit likelihood = new CumulativeLogit(5, 0);
    double[] numbers = {-1.5, inverseSoftplus(1.5), inverseSoftplus(1), inverseSoftplus(1.5)};
    double[] expected = Vectors.list("2.ordinal", "pmf");

    double sum = 0;
    for (int step = 1; step <= 5; step++) {
      Gradient unused = Gradient.zeros(1, 4);
      double p = Math.exp(-likelihood.loss(new Rated(0, step), new double[] {.8}, numbers, unused));
      assertThat(p).isCloseTo(expected[step - 1], within(1e-9));
      sum += p;
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
  }

  @Test
  void slidersMatchTheWorkedExampleAndSumToOne() {
    CensoredSlider likelihood = new CensoredSlider(2);
    double[] numbers = {Math.log(.2)};
    double[] scores = {.8, 0};
    double inner = likelihood.loss(.5, scores, numbers, Gradient.zeros(2, 1));
    double atEnd = Math.exp(-likelihood.loss(1.0, scores, numbers, Gradient.zeros(2, 1)));
    double atOther = Math.exp(-likelihood.loss(-1.0, scores, numbers, Gradient.zeros(2, 1)));

    assertThat(inner).isCloseTo(Vectors.number("2.slider", "gauss_nll"), within(1e-9));
    assertThat(atEnd).isCloseTo(Vectors.number("2.slider", "end_mass"), within(1e-12));
    double sum = atEnd + atOther;
    int parts = 20_000;
    for (int i = 0; i < parts; i++) {
      double y = -1 + 2 * (i + .5) / parts;
      sum += Math.exp(-likelihood.loss(y, scores, numbers, Gradient.zeros(2, 1))) * 2 / parts;
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void classesMatchTheWorkedExampleAndSumToOne() {
    double[] truth = Vectors.list("2.choiceset", "true_p(good|{good,bad,other})");
    double[] assumed = Vectors.list("2.choiceset", "assumed_p(good|{good,bad})");

    // Logits of good, other and bad: 1, 2 and 0.
    ClassLabels three = new ClassLabels(3);
    double[] numbers = {2, 0, 0};
    assertThat(p(three, 0, 1, numbers)).isCloseTo(truth[0], within(1e-9));
    assertThat(p(three, 1, 1, numbers)).isCloseTo(truth[2], within(1e-9));
    assertThat(p(three, 2, 1, numbers)).isCloseTo(truth[1], within(1e-9));
    ClassLabels two = new ClassLabels(2);
    assertThat(p(two, 0, 1, new double[1])).isCloseTo(assumed[0], within(1e-9));
    assertThat(p(two, 1, 1, new double[1])).isCloseTo(assumed[1], within(1e-9));
  }

  private static double p(ClassLabels likelihood, int k, double score, double[] numbers) {
    Gradient unused = Gradient.zeros(1, numbers.length);
    return Math.exp(-likelihood.loss(k, new double[] {score}, numbers, unused));
  }

  static Stream<Arguments> points() {
    return Stream.of(
        Arguments.of(new PlackettLuce(4, 4), List.of(2, 0, 3, 1), new double[] {.3, -1, 2, .1}),
        Arguments.of(new PlackettLuce(4, 2), List.of(2, 0, 3, 1), new double[] {.3, -1, 2, .1}),
        Arguments.of(new GaussianRating(0), new Rated(0, 1.3), new double[] {.4}),
        Arguments.of(new GaussianRating(3), new Rated(1, 1.3), new double[] {.4}),
        Arguments.of(new CumulativeLogit(5, 0), new Rated(0, 1), new double[] {.4}),
        Arguments.of(new CumulativeLogit(5, 3), new Rated(2, 3), new double[] {.4}),
        Arguments.of(new CumulativeLogit(2, 0), new Rated(0, 2), new double[] {.4}),
        Arguments.of(new CumulativeLogit(5, 2), new Rated(1, 5), new double[] {-.4}),
        Arguments.of(new CensoredSlider(2), .3, new double[] {.7, -.2}),
        Arguments.of(new CensoredSlider(2), 1.0, new double[] {.7, -.2}),
        Arguments.of(new CensoredSlider(2), -1.0, new double[] {.7, -.2}),
        Arguments.of(new PartLabels(), List.of(1.0, .25, Double.NaN), new double[] {.7, -.2, .4}),
        Arguments.of(new ClassLabels(2), 1, new double[] {.7}),
        Arguments.of(new ClassLabels(4), 0, new double[] {.7}),
        Arguments.of(new ClassLabels(4), 2, new double[] {.7}),
        Arguments.of(new NormalScores(true), .8, new double[] {.7, -.3, -.2, .4}),
        Arguments.of(new NormalScores(true), 0.0, new double[] {9, -.3, -9, .4}),
        Arguments.of(new NormalScores(false), .3, new double[] {.7, -.3, -.2, .4}),
        Arguments.of(new AtomScores(3, 0), .8, new double[] {.7, -.3, -.2, .4, 1, -1}),
        Arguments.of(
            new GroupedPair(new double[][] {{.3, .7}, {1, 0}}),
            List.of(new Vote(0, 1, 0, 0), new Vote(1, 0, 0, 1)),
            new double[] {.7, -.3, -.2, .4}),
        votes(TieModel.NONE, Reliabilities.each(List.of(2, 3), .1)),
        votes(TieModel.RAO_KUPPER, Reliabilities.each(List.of(2, 3), .1)),
        votes(TieModel.DAVIDSON, Reliabilities.each(List.of(2, 3), .1)),
        votes(TieModel.RAO_KUPPER, Reliabilities.known(.8)),
        votes(TieModel.DAVIDSON, Reliabilities.known(1)));
  }

  private static Arguments votes(TieModel ties, Reliabilities who) {
    List<Vote> votes =
        List.of(
            new Vote(1, 1, 0, 0),
            new Vote(0, 0, 1, 0),
            new Vote(0, .3, .7, 0),
            new Vote(1, 0, 0, 1));
    return Arguments.of(
        new VotedPair(ties, who, new VotedPair.Shape(.3, .02)), votes, new double[] {.7, -.4});
  }

  /** Against central differences. */
  @ParameterizedTest
  @MethodSource("points")
  <F> void derivativesAreThoseOfTheLoss(Likelihood<F> likelihood, F feedback, double[] scores) {
    double[] numbers = likelihood.start();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += .1 * Math.sin(i + 1);
    }
    Gradient gradient = Gradient.zeros(scores.length, numbers.length);
    likelihood.loss(feedback, scores, numbers, gradient);

    for (int i = 0; i < scores.length; i++) {
      double difference = difference(likelihood, feedback, scores, numbers, scores, i);
      assertThat(gradient.scores()[i]).isCloseTo(difference, within(1e-6 * scale(difference)));
    }
    for (int i = 0; i < numbers.length; i++) {
      double difference = difference(likelihood, feedback, scores, numbers, numbers, i);
      assertThat(gradient.numbers()[i]).isCloseTo(difference, within(1e-6 * scale(difference)));
    }
  }

  private static double scale(double number) {
    return Math.max(1, Math.abs(number));
  }

  /** How the loss changes with the i-th number of one of the two. */
  private static <F> double difference(
      Likelihood<F> likelihood,
      F feedback,
      double[] scores,
      double[] numbers,
      double[] varied,
      int i) {
    double step = 1e-5;
    double at = varied[i];
    Gradient unused = Gradient.zeros(scores.length, numbers.length);
    varied[i] = at + step;
    double above = likelihood.loss(feedback, scores, numbers, unused);
    varied[i] = at - step;
    double below = likelihood.loss(feedback, scores, numbers, unused);
    varied[i] = at;
    return (above - below) / (2 * step);
  }

  @Test
  void rankingsAndSlidersKnowDifferencesOnly() {
    Gradient ranking = Gradient.zeros(3, 0);
    new PlackettLuce(3, 3).loss(List.of(1, 2, 0), new double[] {.3, 1, -2}, new double[0], ranking);
    Gradient slider = Gradient.zeros(2, 1);
    new CensoredSlider(2).loss(.3, new double[] {.7, .2}, new double[1], slider);

    assertThat(ranking.scores()[0] + ranking.scores()[1] + ranking.scores()[2])
        .isCloseTo(0, within(1e-12));
    assertThat(slider.scores()[0] + slider.scores()[1]).isCloseTo(0, within(1e-12));
  }

  @Test
  void aPairFarTheWrongWayRoundIsStillPulledBack() {
    Gradient back = Gradient.zeros(2, 1);
    new CensoredSlider(2).loss(-1.0, new double[] {9, 0}, new double[1], back);
    Gradient further = Gradient.zeros(2, 1);
    new CensoredSlider(2).loss(1.0, new double[] {9, 0}, new double[1], further);

    assertThat(back.scores()[0]).isPositive();
    assertThat(further.scores()[0]).isZero();
  }

  @Test
  void rareStepsLoseNoDigits() {
    double[] numbers = {-40, inverseSoftplus(1e-9)};

    double loss =
        new CumulativeLogit(3, 0)
            .loss(new Rated(0, 2), new double[] {0}, numbers, Gradient.zeros(1, 2));

    // 1e-9 times the slope of the logistic function at -40.
    assertThat(loss).isCloseTo(9 * Math.log(10) + 40, within(1e-6));
  }

  private static double inverseSoftplus(double y) {
    return Math.log(Math.expm1(y));
  }

  private static <F> double loss(Likelihood<F> likelihood, F said, double[] scores) {
    return likelihood.loss(said, scores, new double[0], Gradient.zeros(scores.length, 0));
  }
}

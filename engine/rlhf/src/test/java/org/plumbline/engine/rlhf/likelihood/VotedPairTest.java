// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.engine.rlhf.Vectors;

class VotedPairTest {
  private static final Reliabilities RIGHT = Reliabilities.known(1);

  @Test
  void tiesMatchTheWorkedExamples() {
    double[] scores = {1, .5};
    for (TieModel model : List.of(TieModel.RAO_KUPPER, TieModel.DAVIDSON)) {
      String name = model == TieModel.DAVIDSON ? "davidson" : "rao_kupper";
      // theta 1.5 and nu 0.5
      double[] numbers = {Math.log(Math.expm1(.5))};
      VotedPair likelihood = new VotedPair(model, RIGHT, VotedPair.Shape.NONE);

      assertThat(p(likelihood, new Vote(0, 1, 0, 0), scores, numbers))
          .isCloseTo(Vectors.of("2.ties").get(name).get("a").asDouble(), within(1e-9));
      assertThat(p(likelihood, new Vote(0, 0, 1, 0), scores, numbers))
          .isCloseTo(Vectors.of("2.ties").get(name).get("b").asDouble(), within(1e-9));
      assertThat(p(likelihood, new Vote(0, 0, 0, 1), scores, numbers))
          .isCloseTo(Vectors.of("2.ties").get(name).get("tie").asDouble(), within(1e-9));
      assertThat(likelihood.tieParameter(numbers))
          .isCloseTo(model == TieModel.DAVIDSON ? .5 : 1.5, within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(TieModel.class)
  void probabilitiesSumToOneWhoeverIsAsked(TieModel model) {
    VotedPair likelihood =
        new VotedPair(model, Reliabilities.each(List.of(3, 5), .1), VotedPair.Shape.NONE);
    double[] numbers = likelihood.start();
    numbers[numbers.length - 1] = -1.5;
    for (double gap : new double[] {-30, -1, 0, .3, 30}) {
      for (int h = 0; h < 2; h++) {
        VotedPair plain =
            new VotedPair(
                model, new Reliabilities(1, List.of(3, 5), 0, 0), VotedPair.Shape.NONE); // no prior
        double[] scores = {gap + 4, 4};
        double sum =
            p(plain, new Vote(h, 1, 0, 0), scores, numbers)
                + p(plain, new Vote(h, 0, 1, 0), scores, numbers)
                + (model == TieModel.NONE ? 0 : p(plain, new Vote(h, 0, 0, 1), scores, numbers));

        assertThat(sum).isCloseTo(1, within(1e-12));
      }
    }
  }

  @Test
  void reliabilityMatchesTheWorkedExample() {
    Reliabilities one = new Reliabilities(1, List.of(1), 0, 0);
    VotedPair likelihood = new VotedPair(TieModel.NONE, one, VotedPair.Shape.NONE);
    double[] numbers = {Math.log(.9 / .1)};
    Gradient gradient = Gradient.zeros(2, 1);

    double loss =
        likelihood.loss(List.of(new Vote(0, 1, 0, 0)), new double[] {1, 0}, numbers, gradient);

    assertThat(Math.exp(-loss)).isCloseTo(Vectors.number("1.crowdbt_grad", "P"), within(1e-12));
    assertThat(-gradient.scores()[0])
        .isCloseTo(Vectors.number("1.crowdbt_grad", "dlogP_ds"), within(1e-9));
    assertThat(-gradient.numbers()[0] / (.9 * .1))
        .isCloseTo(Vectors.number("1.crowdbt_grad", "dlogP_deta"), within(1e-9));
  }

  @Test
  void aTieIsHalfAWinWhereNoModelOfTiesIsAsked() {
    VotedPair plain = new VotedPair(TieModel.NONE, RIGHT, VotedPair.Shape.NONE);
    double[] scores = {.7, -.4};

    double tie = loss(plain, new Vote(0, 0, 0, 1), scores);

    assertThat(tie)
        .isCloseTo(
            (loss(plain, new Vote(0, 1, 0, 0), scores) + loss(plain, new Vote(0, 0, 1, 0), scores))
                / 2,
            within(1e-12));
    assertThat(loss(plain, new Vote(0, 1, 0, 0), new double[] {.8, 0}))
        .isCloseTo(Vectors.number("2.bt", "nll"), within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(TieModel.class)
  void onlyDifferencesCountWithoutCentring(TieModel model) {
    VotedPair likelihood = new VotedPair(model, Reliabilities.known(.8), VotedPair.Shape.NONE);
    Gradient gradient = Gradient.zeros(2, likelihood.start().length);
    List<Vote> votes = List.of(new Vote(0, .7, .3, 0), new Vote(0, 0, 0, 1));

    double loss = likelihood.loss(votes, new double[] {.4, -1}, likelihood.start(), gradient);
    double moved = likelihood.loss(votes, new double[] {5.4, 4}, likelihood.start(), gradient);

    assertThat(moved).isCloseTo(loss, within(1e-12));
    assertThat(gradient.scores()[0] + gradient.scores()[1]).isCloseTo(0, within(1e-12));
  }

  @Test
  void expectationsAreThoseOfTheProbabilities() {
    for (TieModel model : TieModel.values()) {
      VotedPair likelihood =
          new VotedPair(model, new Reliabilities(1, List.of(1, 1), 0, 0), VotedPair.Shape.NONE);
      double[] numbers = likelihood.start();
      double[] scores = {.9, 0};
      double first = p(likelihood, new Vote(1, 1, 0, 0), scores, numbers);
      double second = p(likelihood, new Vote(1, 0, 1, 0), scores, numbers);

      assertThat(likelihood.expected(List.of(new Vote(1, 1, 0, 0)), scores, numbers))
          .isCloseTo(.5 + (first - second) / 2, within(1e-12));
    }
  }

  private static double loss(VotedPair likelihood, Vote vote, double[] scores) {
    return -Math.log(p(likelihood, vote, scores, likelihood.start()));
  }

  private static double p(VotedPair likelihood, Vote vote, double[] scores, double[] numbers) {
    Gradient unused = Gradient.zeros(2, numbers.length);
    return Math.exp(-likelihood.loss(List.of(vote), scores, numbers, unused));
  }
}

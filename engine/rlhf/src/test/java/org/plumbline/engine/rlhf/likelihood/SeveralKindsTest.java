// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.likelihood.SeveralKinds.Said;
import org.plumbline.engine.rlhf.likelihood.SeveralKinds.Source;

/** Several kinds of feedback in one likelihood. */
class SeveralKindsTest {
  private static final PlackettLuce CHOICE = new PlackettLuce(2, 1);
  private static final CumulativeLogit STEPS = new CumulativeLogit(4, 0);
  private static final GaussianRating RATINGS = new GaussianRating(2);

  private static SeveralKinds kinds(
      @Nullable Double first, @Nullable Double second, @Nullable Double third) {
    double[][] starts = {new double[0], STEPS.start(), RATINGS.start()};
    return new SeveralKinds(
        List.of(
            new Source(starts[0], first, 1),
            new Source(starts[1], second, 0.7),
            new Source(starts[2], third, 1.3)));
  }

  private static final List<Said> SAID =
      List.of(
          new Said(0, (s, n, g) -> CHOICE.loss(List.of(1), s, n, g)),
          new Said(1, (s, n, g) -> STEPS.loss(new Rated(0, 3), s, n, g)),
          new Said(2, (s, n, g) -> RATINGS.loss(new Rated(1, 0.4), s, n, g)));

  private static final double[][] SCORES = {{0.3, -0.8}, {1.1}, {-0.6}};

  @Test
  void eachKindIsItsOwnLikelihoodOfScaledScores() {
    SeveralKinds kinds = kinds(2.0, 1.0, 0.5);
    double[] numbers = kinds.start();

    double choice = CHOICE.loss(List.of(1), new double[] {.6, -1.6}, new double[0], zeros(2, 0));
    double step = STEPS.loss(new Rated(0, 3), new double[] {1.1}, STEPS.start(), zeros(1, 3));
    double rating =
        RATINGS.loss(new Rated(1, .4), new double[] {-.3}, RATINGS.start(), zeros(1, 5));

    assertThat(loss(kinds, 0, numbers)).isCloseTo(choice, within(1e-12));
    assertThat(loss(kinds, 1, numbers)).isCloseTo(.7 * step, within(1e-12));
    assertThat(loss(kinds, 2, numbers)).isCloseTo(1.3 * rating, within(1e-12));
  }

  @Test
  void gradientsMatchFiniteDifferences() {
    SeveralKinds kinds = kinds(null, null, null);
    double[] numbers = kinds.start();
    for (int i = 1; i < numbers.length; i++) {
      numbers[i] += 0.1 * i - 0.3;
    }
    for (int k = 0; k < SAID.size(); k++) {
      Gradient gradient = zeros(SCORES[k].length, numbers.length);
      kinds.loss(SAID.get(k), SCORES[k], numbers, gradient);
      for (int i = 0; i < SCORES[k].length; i++) {
        assertThat(gradient.scores()[i])
            .isCloseTo(difference(kinds, k, SCORES[k], i, numbers), within(1e-8));
      }
      for (int i = 1; i < numbers.length; i++) { // the first kind's rationality is 1
        assertThat(gradient.numbers()[i])
            .isCloseTo(difference(kinds, k, numbers, i, numbers), within(1e-8));
      }
      assertThat(gradient.numbers()[0]).isZero();
    }
  }

  @Test
  void whatIsDeclaredIsNotFitted() {
    SeveralKinds kinds = kinds(null, 2.0, null);
    double[] numbers = kinds.start();
    double[] slopes = new double[3];
    for (int k = 0; k < SAID.size(); k++) {
      Gradient gradient = zeros(SCORES[k].length, numbers.length);
      kinds.loss(SAID.get(k), SCORES[k], numbers, gradient);
      slopes[k] = gradient.numbers()[k];
    }

    assertThat(kinds.rationality(1, numbers)).isEqualTo(2, within(1e-12));
    assertThat(slopes[1]).isZero();
    assertThat(slopes[0]).isNotZero();
    assertThat(slopes[2]).isNotZero();
  }

  /** Moves one entry of an array, which is either the scores or the numbers. */
  private static double difference(
      SeveralKinds kinds, int k, double[] moved, int at, double[] numbers) {
    double h = 1e-5;
    double before = moved[at];
    moved[at] = before + h;
    double above = loss(kinds, k, numbers);
    moved[at] = before - h;
    double below = loss(kinds, k, numbers);
    moved[at] = before;
    return (above - below) / (2 * h);
  }

  private static double loss(SeveralKinds kinds, int k, double[] numbers) {
    return kinds.loss(SAID.get(k), SCORES[k], numbers, zeros(SCORES[k].length, numbers.length));
  }

  private static Gradient zeros(int scores, int numbers) {
    return Gradient.zeros(scores, numbers);
  }
}

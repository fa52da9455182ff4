// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;

class DistributionalScoresTest {
  private static final double[] LOW = logs(.4, .3, .2, .1);
  private static final double[] HIGH = logs(.1, .2, .3, .4);

  @Test
  void normalScoresMatchTheWorkedExample() {
    double[] first = {1, inverseSoftplus(.5)};
    double[] second = {.2, inverseSoftplus(.8)};

    assertThat(new NormalScores(true).probability(first, second))
        .isCloseTo(Vectors.number("3.dpl_mv", "exact_Phi"), within(1e-9));
    assertThat(new NormalScores(false).probability(first, second))
        .isCloseTo(Vectors.number("3.dpl_mv", "logistic_p"), within(1e-9));
    double[] both = {first[0], first[1], second[0], second[1]};
    assertThat(new NormalScores(false).loss(1.0, both, new double[0], Gradient.zeros(4, 0)))
        .isCloseTo(Vectors.number("3.dpl_mv", "nll"), within(1e-9));
  }

  @Test
  void atomsMatchTheWorkedExample() {
    AtomScores likelihood = new AtomScores(4, 0);
    double[] both = new double[8];
    System.arraycopy(HIGH, 0, both, 0, 4);
    System.arraycopy(LOW, 0, both, 4, 4);

    assertThat(likelihood.probability(HIGH, LOW))
        .isCloseTo(Vectors.number("3.dpl_cat", "p(c1>c2)"), within(1e-12));
    assertThat(likelihood.loss(1.0, both, new double[0], Gradient.zeros(8, 0)))
        .isCloseTo(Vectors.number("3.dpl_cat", "nll"), within(1e-12));
    assertThat(AtomScores.score(HIGH, null))
        .isCloseTo(Vectors.number("3.dpl_cat", "mean_c1"), within(1e-12));
    assertThat(AtomScores.score(LOW, null))
        .isCloseTo(Vectors.number("3.dpl_cat", "mean_c2"), within(1e-12));
  }

  @Test
  void probabilitiesOfBothSumToOne() {
    double[] a = {.4, -1};
    double[] b = {-7, 2};
    for (boolean exact : new boolean[] {true, false}) {
      NormalScores likelihood = new NormalScores(exact);
      assertThat(likelihood.probability(a, b) + likelihood.probability(b, a))
          .isCloseTo(1, within(1e-12));
    }
    AtomScores atoms = new AtomScores(4, 0);
    assertThat(atoms.probability(HIGH, LOW) + atoms.probability(LOW, HIGH))
        .isCloseTo(1, within(1e-12));
    assertThat(atoms.probability(HIGH, HIGH)).isCloseTo(.5, within(1e-12));
  }

  @Test
  void onlyDifferencesOfMeansCount() {
    NormalScores likelihood = new NormalScores(true);
    double one =
        likelihood.loss(.7, new double[] {1, .2, 0, -.1}, new double[0], Gradient.zeros(4, 0));
    double other =
        likelihood.loss(.7, new double[] {6, .2, 5, -.1}, new double[0], Gradient.zeros(4, 0));

    assertThat(other).isCloseTo(one, within(1e-12));
  }

  @Test
  void answersFarApartLoseNoDigitsAndNeverOverflow() {
    NormalScores likelihood = new NormalScores(true);
    double[] scores = {50, inverseSoftplus(.01), 0, inverseSoftplus(.01)};
    Gradient gradient = Gradient.zeros(4, 0);

    assertThat(likelihood.loss(1.0, scores, new double[0], gradient)).isZero();
    assertThat(gradient.scores()).containsOnly(0);
    // z^2 / 2 and the logarithm of z sqrt(2 pi), but for 1 / z^2
    double z = 50 / Math.sqrt(2e-4);
    assertThat(likelihood.loss(0.0, scores, new double[0], gradient))
        .isCloseTo(z * z / 2 + Math.log(z * Math.sqrt(2 * Math.PI)), within(1e-4));
  }

  @Test
  void cautionLooksAtTheLowEnd() {
    double[] sure = {1, inverseSoftplus(.1)};
    double[] unsure = {1.2, inverseSoftplus(2)};

    assertThat(NormalScores.score(unsure, null)).isGreaterThan(NormalScores.score(sure, null));
    assertThat(NormalScores.score(unsure, .01)).isLessThan(NormalScores.score(sure, .01));
    // 2.3263... deviations below the mean
    assertThat(NormalScores.score(sure, .01)).isCloseTo(1 - .23263478740408, within(1e-12));
    assertThat(NormalScores.score(sure, .5)).isCloseTo(1, within(1e-12));
    // From 0 to 1/3 the distribution function goes from 0.1 to 0.3.
    assertThat(AtomScores.score(HIGH, .2)).isCloseTo(.375, within(1e-12));
    assertThat(AtomScores.score(HIGH, .05)).isCloseTo(.125, within(1e-12));
    assertThat(AtomScores.variance(HIGH)).isCloseTo(1 / 9.0, within(1e-12));
    assertThat(NormalScores.variance(unsure)).isCloseTo(4, within(1e-12));
  }

  /** What a batch costs, against central differences, and that a flat distribution costs least. */
  @Test
  void theEntropyOfABatchHasItsSlopes() {
    AtomScores likelihood = new AtomScores(3, .7);
    double[] scores = {.1, -.4, 2, .3, .2, -1};
    double[] slopes = new double[6];
    double cost = likelihood.ofBatch(scores, slopes);

    for (int i = 0; i < scores.length; i++) {
      double[] up = scores.clone();
      double[] down = scores.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      double difference =
          (likelihood.ofBatch(up, new double[6]) - likelihood.ofBatch(down, new double[6])) / 2e-5;
      assertThat(slopes[i]).isCloseTo(difference, within(1e-6));
    }
    assertThat(likelihood.ofBatch(new double[6], new double[6])).isLessThan(cost);
    assertThat(likelihood.ofBatch(new double[6], new double[6]))
        .isCloseTo(-.7 * Math.log(3), within(1e-12));
  }

  private static double[] logs(double... p) {
    double[] logs = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      logs[i] = Math.log(p[i]);
    }
    return logs;
  }

  private static double inverseSoftplus(double y) {
    return Math.log(Math.expm1(y));
  }
}

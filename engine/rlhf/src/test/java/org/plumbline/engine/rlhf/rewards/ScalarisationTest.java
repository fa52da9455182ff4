// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plumbline.dsl.model.reward.ComposedRewardSpec.Scalarise;

class ScalarisationTest {
  private static final double[] WEIGHTS = {1, .5};
  private static final double[] GOALS = {2, 1};

  @Test
  void rewardsBecomeOneAsDeclared() {
    assertThat(of(Scalarise.SUM, 3, -2)).isCloseTo(3 - .5 * 2, within(1e-12));
    assertThat(of(Scalarise.MIN, 3, -2)).isEqualTo(-2);
    // log sigmoid(0) = -log 2
    assertThat(of(Scalarise.PRODUCT, 0, 0)).isCloseTo(-1.5 * Math.log(2), within(1e-12));
    assertThat(of(Scalarise.CHEBYSHEV, 1.5, -2)).isCloseTo(-.5 * 3, within(1e-12));
    assertThat(of(Scalarise.CHEBYSHEV, 0, .5)).isCloseTo(-2, within(1e-12));
  }

  @Test
  void anEarlierGoalIsWorthMoreThanAllLaterOnes() {
    double first = of(Scalarise.LEXICOGRAPHIC, 1.9, 99);
    double second = of(Scalarise.LEXICOGRAPHIC, 2, -99);
    double nearer = of(Scalarise.LEXICOGRAPHIC, 2, .9);
    double both = of(Scalarise.LEXICOGRAPHIC, 2, 1);

    assertThat(first).isCloseTo(Math.exp(-.1), within(1e-12)).isLessThan(second);
    assertThat(second).isLessThan(nearer);
    assertThat(nearer).isLessThan(both);
    assertThat(both).isEqualTo(2).isEqualTo(of(Scalarise.LEXICOGRAPHIC, 5, 7));
  }

  /** More of anything never makes an answer worse. */
  @ParameterizedTest
  @EnumSource(Scalarise.class)
  void moreIsNeverWorse(Scalarise how) {
    for (double a = -3; a < 4; a += .5) {
      for (double b = -3; b < 4; b += .5) {
        assertThat(of(how, a + .25, b)).isGreaterThanOrEqualTo(of(how, a, b));
        assertThat(of(how, a, b + .25)).isGreaterThanOrEqualTo(of(how, a, b));
      }
    }
  }

  @Test
  void theSpreadIsThatOfWhatDecides() {
    double[] spreads = {.3, .4};
    assertThat(
            new Scalarisation(Scalarise.MIN, WEIGHTS, GOALS).spread(new double[] {3, -2}, spreads))
        .isEqualTo(.4);
    assertThat(
            new Scalarisation(Scalarise.SUM, new double[] {1, 1}, GOALS)
                .spread(new double[2], spreads))
        .isCloseTo(.5, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Scalarise.class)
  void theSpreadFollowsTheDerivatives(Scalarise how) {
    Scalarisation one = new Scalarisation(how, WEIGHTS, GOALS);
    double[] rewards = {1.3, -0.7};
    double[] spreads = {.3, .4};
    double sum = 0;
    for (int k = 0; k < 2; k++) {
      double[] up = rewards.clone();
      up[k] += 1e-6;
      double slope = (one.of(up) - one.of(rewards)) / 1e-6;
      sum += slope * slope * spreads[k] * spreads[k];
    }
    assertThat(one.spread(rewards, spreads)).isCloseTo(Math.sqrt(sum), within(1e-5));
  }

  private static double of(Scalarise how, double... rewards) {
    return new Scalarisation(how, WEIGHTS, GOALS).of(rewards);
  }
}

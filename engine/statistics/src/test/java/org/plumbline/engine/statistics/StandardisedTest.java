// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StandardisedTest {

  private static final int N = 200;

  private final SplittableRandom random = new SplittableRandom(8);

  private double[] normals(double mean) {
    double[] out = new double[N];
    for (int i = 0; i < N; i++) {
      out[i] = mean + random.nextGaussian();
    }
    return out;
  }

  @Test
  void pseudoValuesOfTheLeadSpreadAsTheLeadDoes() {
    double[] estimates = new double[2000];
    double variance = 0;
    for (int i = 0; i < estimates.length; i++) {
      PseudoValues lead = Standardised.lead(normals(3), normals(0));
      estimates[i] = lead.value();
      double sd = Moments.sd(lead.values());
      variance += sd * sd / N / estimates.length;
    }

    double spread = Moments.sd(estimates);
    assertThat(Moments.mean(estimates)).isCloseTo(3, within(0.03));
    // 1/n for each mean and 9/2n for the deviation: the reference's own chance is most of it
    assertThat(spread * spread).isCloseTo(6.5 / N, within(0.004));
    assertThat(variance).isCloseTo(spread * spread, within(0.15 * spread * spread));
  }

  @Test
  void choosingByTheScoreAloneIsNoExploitation() {
    double[] gaps = new double[200];
    double plain = 0;
    for (int g = 0; g < gaps.length; g++) {
      double[][] base = {normals(0), new double[N]};
      double[][] best = {new double[N], new double[N]};
      for (int i = 0; i < N; i++) {
        base[1][i] = 0.5 * base[0][i] + random.nextGaussian();
        best[0][i] = -9;
        for (int k = 0; k < 16; k++) {
          best[0][i] = Math.max(best[0][i], random.nextGaussian());
        }
        best[1][i] = 0.5 * best[0][i] + random.nextGaussian();
      }
      gaps[g] = Standardised.shortfall(best, base).value();
      plain +=
          Standardised.lead(best[0], base[0]).value() - Standardised.lead(best[1], base[1]).value();
    }

    assertThat(plain / gaps.length).as("score minus gold calls it exploited").isGreaterThan(0.9);
    assertThat(Moments.mean(gaps)).isCloseTo(0, within(0.05));
  }

  @Test
  void goldThatDoesNotFollowTheScoreIsAShortfall() {
    double[][] base = {normals(0), new double[N]};
    double[][] own = {normals(4), new double[N]};
    for (int i = 0; i < N; i++) {
      base[1][i] = base[0][i] + 0.1 * random.nextGaussian();
      own[1][i] = 0.1 * random.nextGaussian();
    }

    assertThat(Standardised.shortfall(own, base).value()).isCloseTo(4, within(0.5));
  }

  @Test
  void theWorstOfEqualGroupsIsNotWorseThanAll() {
    double plain = 0;
    double crossed = 0;
    for (int times = 0; times < 300; times++) {
      double[][][] groups = new double[4][1][60];
      double least = 1;
      for (double[][] group : groups) {
        for (int p = 0; p < 60; p++) {
          group[0][p] = random.nextDouble() < 0.5 ? 1 : 0;
        }
        least = Math.min(least, Moments.mean(group[0]));
      }
      plain += least / 300;
      crossed += Moments.mean(WorstGroup.crossFitted(groups)[0]) / 300;
    }

    assertThat(plain).isLessThan(0.45);
    assertThat(crossed).isCloseTo(0.5, within(0.01));
  }
}

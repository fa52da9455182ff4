package org.plumbline.engine.report.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TwoWayAnovaTest {

  @Test
  void studentQuantilesMatchTheTables() {
    assertThat(StudentT.twoSided95(1)).isCloseTo(12.7062047364, within(1e-8));
    assertThat(StudentT.twoSided95(2)).isCloseTo(4.30265272991, within(1e-8));
    assertThat(StudentT.twoSided95(10)).isCloseTo(2.22813885196, within(1e-8));
    assertThat(StudentT.twoSided95(199)).isCloseTo(1.97195654, within(1e-6));
    assertThat(StudentT.twoSided95(1e9)).isCloseTo(1.95996398454, within(1e-9));
  }

  @Test
  void meanSquaresOfATableWorkedByHand() {
    // rows 2, 4; columns 2, 4; rest 0: MS_seeds = 2·2 = 4, MS_prompts = 2·2 = 4, mean 3
    TwoWayAnova crossed = TwoWayAnova.mean(new double[][] {{1, 3}, {3, 5}});

    assertThat(crossed.value()).isEqualTo(3);
    assertThat(crossed.variance()).isCloseTo((4 + 4 - 0) / 4.0, within(1e-12));
    assertThat(crossed.df()).isCloseTo(64 / (16.0 + 16.0), within(1e-12));
  }

  @Test
  void oneSeedGivesTheIntervalOverPrompts() {
    TwoWayAnova crossed = TwoWayAnova.mean(new double[][] {{1, 2, 3, 4, 5}});

    assertThat(crossed.df()).isEqualTo(4);
    assertThat(crossed.variance()).isCloseTo(2.5 / 5, within(1e-12));
  }

  @Test
  void intervalsCoverTheTruthAlsoWhenSeedsDiffer() {
    Random random = new Random(5);
    int covered = 0;
    for (int i = 0; i < 400; i++) {
      covered += TwoWayAnova.mean(table(random, 0.3, 0.5)).interval().contains(0) ? 1 : 0;
    }

    assertThat(covered / 400.0).isBetween(0.91, 0.98);
  }

  @Test
  void percentileBootstrapOverThreeSeedsCoversTooLittle() {
    Random random = new Random(5);
    SplitMix64 draws = new SplitMix64(1);
    int covered = 0;
    for (int i = 0; i < 150; i++) {
      double[][] table = table(random, 0.3, 0.5);
      double[] means =
          Bootstrap.crossed(Bootstrap.Weights.ones(3, 60), 200, draws, w -> weightedMean(table, w));
      covered += Quantile.middle95(means).contains(0) ? 1 : 0;
    }

    assertThat(covered / 150.0).as("the reason for the analysis of variance").isLessThan(0.92);
  }

  @Test
  void noneOfManyStillHasAnUpperEnd() {
    Bounds bounds = TwoWayAnova.mean(new double[3][200]).shareInterval();

    assertThat(bounds.low()).isZero();
    assertThat(bounds.high()).isBetween(0.015, 0.025);
  }

  @Test
  void separableComparisonsGetFiniteRatings() {
    double[] strengths = BradleyTerry.fit(new double[][] {{0, 10, 10}, {0, 0, 10}, {0, 0, 0}});

    assertThat(strengths[0]).isFinite().isGreaterThan(strengths[1]);
    assertThat(strengths[1]).isGreaterThan(strengths[2]);
  }

  @Test
  void pseudoValuesOfALinearStatisticAreTheValues() {
    double[] wins = {1, 0, 1, 1, 0, 1};
    double[] pseudo = LengthControlled.pseudoValues(wins, new double[6]);

    assertThat(Moments.mean(pseudo)).isCloseTo(Moments.mean(wins), within(0.02));
    assertThat(pseudo[0]).isGreaterThan(pseudo[1]);
  }

  private static double weightedMean(double[][] table, Bootstrap.Weights weights) {
    double sum = 0;
    for (int s = 0; s < table.length; s++) {
      for (int p = 0; p < table[s].length; p++) {
        sum += weights.seeds()[s] * weights.prompts()[p] * table[s][p];
      }
    }
    return sum / (table.length * table[0].length);
  }

  private static double[][] table(Random random, double seedSd, double promptSd) {
    double[] prompt = new double[60];
    for (int p = 0; p < 60; p++) {
      prompt[p] = promptSd * random.nextGaussian();
    }
    double[][] table = new double[3][60];
    for (double[] row : table) {
      double seed = seedSd * random.nextGaussian();
      for (int p = 0; p < 60; p++) {
        row[p] = seed + prompt[p] + random.nextGaussian();
      }
    }
    return table;
  }
}

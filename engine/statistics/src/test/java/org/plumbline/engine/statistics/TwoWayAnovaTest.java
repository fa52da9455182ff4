// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
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
  void quantilesOfOtherLevelsMatchTheTables() {
    assertThat(StudentT.twoSided(0.01, 4)).isCloseTo(4.604094871415897, within(1e-9));
    assertThat(StudentT.twoSided(0.0001, 2)).isCloseTo(99.992499765622, within(1e-6));
    assertThat(StudentT.twoSided(0.0001, 1e12)).isCloseTo(3.890591886413105, within(1e-9));
    assertThat(StudentT.twoSided(0.3, 1e12)).isCloseTo(1.0364333894937896, within(1e-9));
    assertThat(StudentT.twoSided(0.5, 1)).isCloseTo(1, within(1e-9));
    assertThat(StudentT.twoSided(1e-9, 1)).isCloseTo(2 / (Math.PI * 1e-9), within(1e3));
  }

  @Test
  void meanSquaresOfATableWorkedByHand() {
    // rows 2, 4; columns 2, 4; rest 0: MS_seeds = 2·2 = 4, MS_prompts = 2·2 = 4, mean 3
    TwoWayAnova crossed = TwoWayAnova.mean(new double[][] {{1, 3}, {3, 5}});

    assertThat(crossed).isEqualTo(new TwoWayAnova(3, 4, 4, 0, 2, 2));
  }

  @Test
  void widthsOfATableWorkedByHand() {
    // of the policies: t with 1 degree of freedom times sqrt(4 / 4); of the recipe both, as squares
    TwoWayAnova crossed = TwoWayAnova.mean(new double[][] {{1, 3}, {3, 5}});
    double t = StudentT.twoSided95(1);

    assertThat(crossed.halves(Reach.POLICIES, 0.05).total()).isCloseTo(t, within(1e-9));
    assertThat(crossed.halves(Reach.RECIPE, 0.05).total())
        .isCloseTo(t * StrictMath.sqrt(2), within(1e-9));
  }

  @Test
  void oneSeedGivesTheIntervalOverPromptsAndShowsNothingOfTheRecipe() {
    TwoWayAnova crossed = TwoWayAnova.mean(new double[][] {{11, 12, 13, 14, 15}});

    double half = StudentT.twoSided95(4) * StrictMath.sqrt(2.5 / 5);
    assertThat(crossed.interval(Reach.POLICIES, Domain.REAL).low())
        .isCloseTo(13 - half, within(1e-9));
    assertThat(crossed.p(Reach.POLICIES, Domain.REAL, 0)).isLessThan(0.001);
    assertThat(crossed.p(Reach.RECIPE, Domain.REAL, 0)).isEqualTo(1);
  }

  @Test
  void aPValueIsBelowFivePerCentExactlyIfTheIntervalHoldsTheNumberNot() {
    SplittableRandom random = new SplittableRandom(3);
    Tables tables = new Tables(3, 40, 0.1, 0.5);
    for (int i = 0; i < 100; i++) {
      TwoWayAnova mean = TwoWayAnova.mean(tables.draw(random));
      for (Reach reach : Reach.values()) {
        boolean outside = !mean.interval(reach, Domain.REAL).contains(0.3);
        assertThat(mean.p(reach, Domain.REAL, 0.3) <= 0.05).isEqualTo(outside);
      }
    }
  }

  @Test
  void theIntervalOfTheRecipeIsNeverTheNarrowerOne() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 200; i++) {
      TwoWayAnova mean = TwoWayAnova.mean(new Tables(2 + i % 5, 30, 0.05, 0.4).draw(random));
      assertThat(mean.halves(Reach.RECIPE, 0.05).total())
          .isGreaterThanOrEqualTo(mean.halves(Reach.POLICIES, 0.05).total());
    }
  }

  @Test
  void equalWithinAMarginNeedsTheNinetyPerCentIntervalInside() {
    TwoWayAnova near = new TwoWayAnova(0.5, 0.1, 0.1, 0.1, 5, 200);
    Bounds ninety = near.interval(Reach.RECIPE, Domain.SHARE, 0.1);

    assertThat(near.pOutside(Reach.RECIPE, Domain.SHARE, new Bounds(ninety.low() - 1e-6, 0.6)))
        .isLessThanOrEqualTo(0.05);
    assertThat(near.pOutside(Reach.RECIPE, Domain.SHARE, new Bounds(ninety.low() + 1e-6, 0.6)))
        .isGreaterThan(0.05);
  }

  @Test
  void percentileBootstrapOverThreeSeedsCoversTooLittle() {
    SplittableRandom random = new SplittableRandom(5);
    SplitMix64 draws = new SplitMix64(1);
    int covered = 0;
    for (int i = 0; i < 150; i++) {
      double[][] table = new Tables(3, 60, 1, 0.5).draw(random);
      double[] means =
          Bootstrap.crossed(Bootstrap.Weights.ones(3, 60), 200, draws, w -> weightedMean(table, w));
      covered += Quantile.middle95(means).contains(0) ? 1 : 0;
    }

    assertThat(covered / 150.0).as("the reason for the analysis of variance").isLessThan(0.92);
  }

  @Test
  void noneOfManyStillHasAnUpperEnd() {
    Bounds bounds = TwoWayAnova.mean(new double[3][200]).interval(Reach.RECIPE, Domain.SHARE);

    assertThat(bounds.low()).isZero();
    assertThat(bounds.high()).isBetween(0.015, 0.025);
  }

  @Test
  void allOfManyStillHasALowerEndWhateverWasRounded() {
    double[][] table = new double[3][200];
    for (int s = 0; s < 3; s++) {
      for (int p = 0; p < 200; p++) {
        table[s][p] = 1 - (s + p % 5) * 1e-15; // as sums of pseudo-values leave it
      }
    }

    Bounds bounds = TwoWayAnova.mean(table).interval(Reach.RECIPE, Domain.SHARE);

    assertThat(bounds.low()).isBetween(0.975, 0.985);
    assertThat(bounds.high()).isCloseTo(1, within(1e-9));
  }

  @Test
  void separableComparisonsGetFiniteRatings() {
    double[] strengths =
        BradleyTerryRating.fit(new double[][] {{0, 10, 10}, {0, 0, 10}, {0, 0, 0}});

    assertThat(strengths[0]).isFinite().isGreaterThan(strengths[1]);
    assertThat(strengths[1]).isGreaterThan(strengths[2]);
  }

  @Test
  void pseudoValuesAtEqualLengthAreWhatAnItemMovesTheRateBy() {
    SplittableRandom random = new SplittableRandom(6);
    double[] wins = new double[300];
    double[] longer = new double[300];
    for (int i = 0; i < wins.length; i++) {
      longer[i] = random.nextGaussian();
      wins[i] = longer[i] + random.nextGaussian() > -0.3 ? 1 : 0;
    }
    double rate = LengthControlled.fit(wins, longer).winRate();
    double[] pseudo = LengthControlled.pseudoValues(wins, longer);
    double[] moved = wins.clone();
    moved[7] += 1e-4;

    double rise = LengthControlled.fit(moved, longer).winRate() - rate;
    double[] after = LengthControlled.pseudoValues(moved, longer);
    assertThat(Moments.mean(after) - Moments.mean(pseudo)).isCloseTo(rise, within(0.05 * rise));
    assertThat(Moments.mean(pseudo)).isCloseTo(rate, within(0.01));
  }

  @Test
  void equalLengthIsNotGuessedWhereOneSideIsAlwaysLonger() {
    double[] longer = new double[100];
    java.util.Arrays.fill(longer, 4);
    assertThat(LengthControlled.overlaps(longer)).isFalse();
    for (int i = 0; i < 10; i++) {
      longer[i] = -1;
    }
    assertThat(LengthControlled.overlaps(longer)).isTrue();
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
}

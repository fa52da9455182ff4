// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;

class MaximalLotteryTest {

  @Test
  void aCircleIsSharedAsTheVectorSays() {
    double[][] wins = {{.5, .8, .3}, {.2, .5, .9}, {.7, .1, .5}};

    double[] lottery = MaximalLottery.of(margins(wins));

    assertThat(lottery)
        .containsExactly(Vectors.list("4.nash_reg", "exact_unregularised"), within(1e-9));
  }

  /** a beats b by x, b beats c by y, c beats a by z: chances are y, z and x. */
  @Test
  void ofThreeInACircleEachHasTheMarginOfTheOthers() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 50; i++) {
      double x = 0.01 + 0.99 * random.nextDouble();
      double y = 0.01 + 0.99 * random.nextDouble();
      double z = 0.01 + 0.99 * random.nextDouble();

      double[] lottery = MaximalLottery.of(new double[][] {{0, x, -z}, {-x, 0, y}, {z, -y, 0}});

      double sum = x + y + z;
      assertThat(lottery).containsExactly(new double[] {y / sum, z / sum, x / sum}, within(1e-9));
    }
  }

  @Test
  void whatBeatsAllOthersGetsAll() {
    double[][] margins = {{0, .2, .2, .01}, {-.2, 0, 1, -.4}, {-.2, -1, 0, .6}, {-.01, .4, -.6, 0}};

    assertThat(MaximalLottery.of(margins)).containsExactly(new double[] {1, 0, 0, 0}, within(1e-9));
  }

  @Test
  void noAnswerBeatsTheLotteryWhateverTheVotes() {
    SplittableRandom random = new SplittableRandom(8);
    for (int trial = 0; trial < 300; trial++) {
      int n = 3 + random.nextInt(14);
      int votes = 1 + random.nextInt(9);
      double[][] margins = new double[n][n];
      for (int a = 0; a < n; a++) {
        for (int b = a + 1; b < n; b++) {
          // even numbers of votes leave ties, and some were never compared
          double share = random.nextInt(votes + 1) / (double) votes;
          margins[a][b] = random.nextInt(4) == 0 ? 0 : 2 * share - 1;
          margins[b][a] = -margins[a][b];
        }
      }

      double[] lottery = MaximalLottery.of(margins);

      double sum = 0;
      for (int b = 0; b < n; b++) {
        double gain = 0;
        for (int a = 0; a < n; a++) {
          gain += lottery[a] * margins[a][b];
        }
        assertThat(gain).as("trial %d", trial).isGreaterThan(-1e-8);
        assertThat(lottery[b]).isBetween(0.0, 1.0);
        sum += lottery[b];
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void answersThatNothingTellsApartHaveTheSameChance() {
    assertThat(MaximalLottery.of(new double[5][5]))
        .containsExactly(new double[] {.2, .2, .2, .2, .2}, within(1e-9));
    // the second and third tie, and both beat the first
    assertThat(MaximalLottery.of(new double[][] {{0, -1, -1}, {1, 0, 0}, {1, 0, 0}}))
        .containsExactly(new double[] {0, .5, .5}, within(1e-9));
  }

  @Test
  void aPairsLabelIsTheLotteryBetweenItsAnswers() {
    // 0 beats 1 beats 2 beats 0, two to one each, and all of them beat 3; 4 and 5 stand apart
    List<Compared> pairs =
        List.of(
            new Compared(0, 1),
            new Compared(1, 2),
            new Compared(2, 0),
            new Compared(0, 3),
            new Compared(3, 1),
            new Compared(4, 5));
    List<Ballot> ballots = new ArrayList<>();
    for (int h = 0; h < 3; h++) {
      for (int pair = 0; pair < 6; pair++) {
        double one = pair == 3 || pair == 5 ? 1 : pair == 4 ? 0 : h < 2 ? 1 : 0;
        ballots.add(new Ballot(pair, h, one, false));
      }
    }

    double[] one = MaximalLottery.of(new Ballots(pairs, 3, ballots)).one();

    assertThat(one).containsExactly(new double[] {.5, .5, .5, 1, 0, 1}, within(1e-9));
  }

  private static double[][] margins(double[][] wins) {
    double[][] margins = new double[wins.length][wins.length];
    for (int a = 0; a < wins.length; a++) {
      for (int b = 0; b < wins.length; b++) {
        margins[a][b] = 2 * wins[a][b] - 1;
      }
    }
    return margins;
  }
}

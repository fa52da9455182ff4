// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.statistics.Matrix;

class InfluenceTest {

  @Test
  void whoPoisonsMovesMost() {
    double[] right = new double[20];
    Arrays.fill(right, .95);
    right[7] = 0.02;
    Ballots ballots = Crowd.classes(Crowd.truths(2000), right, 5);

    double[] influence = Influence.of(ballots);

    // Measured: 0.040 of the planted one, at most 0.0144 of the others, who share its pairs.
    double most = 0;
    for (int h = 0; h < influence.length; h++) {
      most = h == 7 ? most : Math.max(most, influence[h]);
    }
    assertThat(influence[7]).isGreaterThan(2 * most);
  }

  /** The change of the scores is about the inverse Hessian times the person's slopes. */
  @Test
  void aSmallPartMovesAsItsSlopesSay() {
    double[] scores = Crowd.scores(8);
    double[] right = new double[40];
    Arrays.fill(right, 1);
    Ballots ballots = Crowd.scored(scores, right, 4000);
    Influence.Piece piece = new Influence.Piece(ballots, ballots.ballots());
    double[] all = piece.fit(-1, new double[8]);

    for (int person : new int[] {0, 11, 39}) {
      double[] exact = piece.fit(person, all);
      double[] step = firstOrder(ballots, piece, all, person);

      double apart = 0;
      double moved = 0;
      for (int i = 0; i < 8; i++) {
        apart = Math.max(apart, Math.abs(exact[i] - all[i] - step[i]));
        moved = Math.max(moved, Math.abs(exact[i] - all[i]));
      }
      // 100 of 4,000 labels: the second order is a fortieth of the first
      assertThat(moved).isGreaterThan(1e-3);
      assertThat(apart).isLessThan(0.1 * moved);
    }
  }

  private static double[] firstOrder(
      Ballots ballots, Influence.Piece piece, double[] at, int person) {
    int n = at.length;
    double[][] hessian = new double[n][n];
    double[] slopes = new double[n];
    for (int i = 0; i < n; i++) {
      double p = Logistic.sigmoid(at[i]);
      hessian[i][i] += p * (1 - p);
    }
    for (Ballot ballot : ballots.ballots()) {
      int one = piece.one[piece.place(ballot)];
      int two = piece.two[piece.place(ballot)];
      double p = Logistic.sigmoid(at[one] - at[two]);
      double curve = p * (1 - p);
      hessian[one][one] += curve;
      hessian[two][two] += curve;
      hessian[one][two] -= curve;
      hessian[two][one] -= curve;
      if (ballot.person() == person) {
        slopes[one] += p - ballot.one();
        slopes[two] -= p - ballot.one();
      }
    }
    return Matrix.solve(hessian, slopes);
  }

  @Test
  void whoAgreesMovesLessPerLabelThanWhoDoesNot() {
    // four say the first, one the second
    List<Ballot> ballots = new ArrayList<>();
    for (int h = 0; h < 5; h++) {
      ballots.add(new Ballot(0, h, h < 4 ? 1 : 0, false));
    }

    double[] influence = Influence.of(new Ballots(List.of(new Compared(0, 1)), 6, ballots));

    assertThat(influence[0]).isCloseTo(influence[3], within(1e-12)).isPositive();
    assertThat(influence[4]).isGreaterThan(2 * influence[0]);
    assertThat(influence[5]).isZero();
  }

  @Test
  void oneWhoIsAloneMovesAllThereIs() {
    List<Ballot> alone = List.of(new Ballot(0, 0, 1, false));

    double[] influence = Influence.of(new Ballots(List.of(new Compared(0, 1)), 1, alone));

    // the score of either side's end: sigma(d) with a prior of half a win and a loss each
    assertThat(influence[0]).isBetween(0.1, 0.4);
    assertThat(Influence.of(new Ballots(List.of(), 1, List.of()))).containsExactly(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.numerics.Logistic;

class CrowdBtLikelihoodTest {
  private static final int ANSWERS = 6;
  private static final int PEOPLE = 4;

  private final Ballots ballots = someInBetween();
  private final CrowdBtLikelihood likelihood =
      CrowdBtLikelihood.of(ballots, new CrowdBt.Settings(0.7, 5, 2, 1));
  private final double[] point = values(1);

  @Test
  void itsValueIsThatOfTheFormula() {
    double sum = 0;
    for (Ballot ballot : ballots.ballots()) {
      Ballots.Compared pair = ballots.pairs().get(ballot.pair());
      double eta = Logistic.sigmoid(point[ANSWERS + ballot.person()]);
      double gap = point[pair.one()] - point[pair.two()];
      sum += ballot.one() * StrictMath.log(CrowdBt.prefers(eta, gap));
      sum += (1 - ballot.one()) * StrictMath.log(CrowdBt.prefers(eta, -gap));
    }
    for (int i = 0; i < ANSWERS; i++) {
      sum += 0.7 * (Logistic.logSigmoid(point[i]) + Logistic.logSigmoid(-point[i]));
    }
    for (int h = ANSWERS; h < point.length; h++) {
      sum += 5 * Logistic.logSigmoid(point[h]) + 2 * Logistic.logSigmoid(-point[h]);
    }

    assertThat(likelihood.at(point, new double[point.length])).isCloseTo(-sum, within(1e-10));
  }

  @Test
  void slopesAndCurvatureAreThoseOfFiniteDifferences() {
    double[] slopes = new double[point.length];
    double[] direction = values(2);
    double[] product = new double[point.length];
    likelihood.at(point, slopes);
    likelihood.curve(direction, product);
    double h = 1e-5;

    for (int i = 0; i < point.length; i++) {
      double[] up = point.clone();
      double[] down = point.clone();
      up[i] += h;
      down[i] -= h;
      double[] none = new double[point.length];
      double numeric = (likelihood.at(up, none) - likelihood.at(down, none)) / (2 * h);
      assertThat(slopes[i]).isCloseTo(numeric, within(1e-6));
    }
    double[] ahead = new double[point.length];
    double[] behind = new double[point.length];
    likelihood.at(moved(h, direction), ahead);
    likelihood.at(moved(-h, direction), behind);
    for (int i = 0; i < point.length; i++) {
      assertThat(product[i]).isCloseTo((ahead[i] - behind[i]) / (2 * h), within(1e-6));
    }
  }

  @Test
  void hugeScoresGiveNumbers() {
    double[] slopes = new double[point.length];
    double[] far = new double[point.length];
    far[0] = 2000;
    far[1] = -2000;
    far[ANSWERS] = -900;

    assertThat(likelihood.at(far, slopes)).isFinite();
    assertThat(slopes).doesNotContain(Double.NaN);
  }

  private double[] moved(double far, double[] direction) {
    double[] moved = point.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += far * direction[i];
    }
    return moved;
  }

  /** Ballots of which some say "equal" or something between. */
  private static Ballots someInBetween() {
    Ballots drawn = Crowd.scored(Crowd.scores(ANSWERS), Crowd.reliabilities(PEOPLE), 40);
    List<Ballot> ballots = new ArrayList<>();
    for (Ballot b : drawn.ballots()) {
      double one = b.pair() % 5 == 0 ? 0.5 : b.pair() % 7 == 0 ? 0.3 : b.one();
      ballots.add(new Ballot(b.pair(), b.person(), one, b.swapped()));
    }
    return new Ballots(drawn.pairs(), PEOPLE, ballots);
  }

  private static double[] values(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(ANSWERS + PEOPLE, -2, 2).toArray();
  }
}

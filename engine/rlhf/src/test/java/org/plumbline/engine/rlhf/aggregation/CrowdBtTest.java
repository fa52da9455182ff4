// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.aggregation.Ballots.Ballot;
import org.plumbline.engine.rlhf.aggregation.Ballots.Compared;
import org.plumbline.engine.rlhf.aggregation.CrowdBt.Settings;
import org.plumbline.engine.rlhf.numerics.Logistic;

class CrowdBtTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static final double[] SCORES = Crowd.scores(100);
  private static final double[] RIGHT = Crowd.reliabilities(50);
  private static final Ballots MANY = Crowd.scored(SCORES, RIGHT, 20_000);

  @Test
  void theProbabilityAndItsSlopesAreThoseOfThePaper() {
    assertThat(CrowdBt.prefers(0.9, 1)).isCloseTo(number("1.crowdbt", "p"), EXACT);
    assertThat(CrowdBt.prefers(0.5, 1)).isCloseTo(number("1.crowdbt", "p_eta.5"), EXACT);
    assertThat(CrowdBt.prefers(0.2, 1)).isCloseTo(number("1.crowdbt", "p_eta.2"), EXACT);
    assertThat(slope(0.9, 1)).isCloseTo(number("1.crowdbt_grad", "dlogP_ds"), EXACT);
    assertThat(slopeOfEta(0.9, 1)).isCloseTo(number("1.crowdbt_grad", "dlogP_deta"), EXACT);
  }

  private static Ballots said(int... winnersAndLosers) {
    List<Compared> pairs = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    for (int i = 0; i < winnersAndLosers.length; i += 2) {
      ballots.add(new Ballot(pairs.size(), 0, 1, false));
      pairs.add(new Compared(winnersAndLosers[i], winnersAndLosers[i + 1]));
    }
    return new Ballots(pairs, 1, ballots);
  }

  @Test
  void withoutAPriorScoresAreBoundedWhereEveryPartLosesOnce() {
    assertThat(said(0, 1, 1, 2, 2, 0).unbounded()).isZero();
    assertThat(said(0, 1, 1, 2, 0, 2).unbounded()).isEqualTo(1);
    // 0 and 1 are even, and so are 2 and 3, but 0 always beats 2
    assertThat(said(0, 1, 1, 0, 2, 3, 3, 2, 0, 2).unbounded()).isEqualTo(1);
    assertThat(said(0, 1, 1, 0, 2, 3, 3, 2).unbounded()).isZero();
    assertThat(said(0, 1, 2, 3, 3, 2).unbounded()).isEqualTo(1);
    Ballots equal =
        new Ballots(List.of(new Compared(0, 1)), 1, List.of(new Ballot(0, 0, 0.5, false)));
    assertThat(equal.unbounded()).isZero();
  }

  @Test
  void withoutAPriorSharesAreThoseThatTheReliabilitySays() {
    // One person, seven of ten for the first answer: eta s + (1 - eta)(1 - s) = 0.7.
    List<Ballot> ballots = new ArrayList<>();
    List<Compared> pairs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pairs.add(new Compared(0, 1));
      ballots.add(new Ballot(i, 0, i < 7 ? 1 : 0, false));
    }
    Ballots all = new Ballots(pairs, 1, ballots);

    Aggregated free = CrowdBt.of(all, Settings.USUAL.virtual(0));
    Aggregated held = CrowdBt.of(all, Settings.USUAL.virtual(20));

    double eta = free.reliability()[0];
    double one = free.one()[0];
    assertThat(free.converged()).isTrue();
    assertThat(eta * one + (1 - eta) * (1 - one)).isCloseTo(0.7, within(1e-8));
    assertThat(held.one()[0]).isBetween(0.5, one);
  }

  @Test
  void atItsEndNothingCanBeImproved() {
    Ballots few = Crowd.scored(Crowd.scores(7), Crowd.reliabilities(5), 300);
    Settings settings = new Settings(0.5, 9, 1, 100);

    Aggregated fit = CrowdBt.of(few, settings);

    double[] scores = scores(fit, few);
    double[] slopes = new double[7];
    double[] ofEta = new double[5];
    for (Ballot ballot : few.ballots()) {
      Compared pair = few.pairs().get(ballot.pair());
      boolean one = ballot.one() == 1;
      double eta = fit.reliability()[ballot.person()];
      double gap = (one ? 1 : -1) * (scores[pair.one()] - scores[pair.two()]);
      slopes[one ? pair.one() : pair.two()] += slope(eta, gap);
      slopes[one ? pair.two() : pair.one()] -= slope(eta, gap);
      ofEta[ballot.person()] += slopeOfEta(eta, gap);
    }
    // Scores are known up to a constant from the probabilities: the virtual answer gives it, as
    // the slopes of its own terms add up to nothing.
    double[] prior = new double[7];
    for (int i = 0; i < 7; i++) {
      prior[i] = 0.5 * (1 - 2 * Logistic.sigmoid(scores[i]));
      assertThat(slopes[i] + prior[i]).isCloseTo(0, within(1e-7));
    }
    for (int h = 0; h < 5; h++) {
      double eta = fit.reliability()[h];
      assertThat(ofEta[h] + 9 / eta - 1 / (1 - eta)).isCloseTo(0, within(1e-7));
    }
  }

  /** Oracle 8.3: one number at a time by golden section, from a reliability of 0.9. */
  @Test
  void changingOneNumberAtATimeComesToTheSame() {
    double[] right = {.95, .8, .3};
    Ballots few = Crowd.scored(Crowd.scores(5), right, 60);
    double[] point = {0, 0, 0, 0, 0, .9, .9, .9};

    double moved = 1;
    for (int sweep = 0; sweep < 400 && moved > 1e-8; sweep++) {
      double[] before = point.clone();
      for (int i = 0; i < point.length; i++) {
        point[i] = best(few, point, i);
      }
      moved = Crowd.apart(before, point);
    }

    Aggregated fit = CrowdBt.of(few, Settings.USUAL);
    for (int i = 0; i < few.pairs().size(); i++) {
      Compared pair = few.pairs().get(i);
      double alternating = Logistic.sigmoid(point[pair.one()] - point[pair.two()]);
      assertThat(fit.one()[i]).isCloseTo(alternating, within(1e-6));
    }
    for (int h = 0; h < 3; h++) {
      assertThat(fit.reliability()[h]).isCloseTo(point[5 + h], within(1e-6));
    }
  }

  private static double best(Ballots ballots, double[] point, int i) {
    double low = i < 5 ? -6 : 1e-3;
    double high = i < 5 ? 6 : 1 - 1e-3;
    double golden = (Math.sqrt(5) - 1) / 2;
    while (high - low > 1e-8) {
      double one = high - golden * (high - low);
      double two = low + golden * (high - low);
      boolean left = objective(ballots, point, i, one) > objective(ballots, point, i, two);
      high = left ? two : high;
      low = left ? low : one;
    }
    return (low + high) / 2;
  }

  private static double objective(Ballots ballots, double[] point, int i, double value) {
    double[] at = point.clone();
    at[i] = value;
    double sum = 0;
    for (int k = 0; k < 5; k++) {
      sum += 0.5 * (Logistic.logSigmoid(at[k]) + Logistic.logSigmoid(-at[k]));
    }
    for (int h = 5; h < 8; h++) {
      sum += 9 * Math.log(at[h]) + Math.log(1 - at[h]);
    }
    for (Ballot ballot : ballots.ballots()) {
      Compared pair = ballots.pairs().get(ballot.pair());
      double gap = at[pair.one()] - at[pair.two()];
      sum += Math.log(CrowdBt.prefers(at[5 + ballot.person()], ballot.one() == 1 ? gap : -gap));
    }
    return sum;
  }

  @Test
  void everyIterationRaisesTheObjective() {
    List<Double> objective = CrowdBt.of(MANY, Settings.USUAL).objective();

    assertThat(objective).hasSizeGreaterThan(3);
    for (int k = 1; k < objective.size(); k++) {
      assertThat(objective.get(k)).isGreaterThanOrEqualTo(objective.get(k - 1) - 1e-7);
    }
  }

  @Test
  void whatIsPlantedIsFoundAgain() {
    Aggregated fit = CrowdBt.of(MANY, Settings.USUAL);

    double[] truth = new double[MANY.pairs().size()];
    for (int i = 0; i < truth.length; i++) {
      Compared pair = MANY.pairs().get(i);
      truth[i] = Logistic.sigmoid(SCORES[pair.one()] - SCORES[pair.two()]);
    }
    assertThat(fit.converged()).isTrue();
    // A label tells (2 eta - 1)^2 [sigma (1 - sigma)]^2 / [P (1 - P)] of a gap, on average 0.05:
    // the
    // 400 labels that an answer stands in leave its score uncertain by 0.22, a probability by 0.06.
    assertThat(Crowd.error(fit.one(), truth)).isLessThan(0.075);
    // The 400 labels of a person: gaps are seldom large, so a label tells little of who gave it.
    assertThat(Crowd.error(fit.reliability(), RIGHT)).isLessThan(0.06);
    Aggregated alike = CrowdBt.of(Crowd.asOnePerson(MANY), Settings.USUAL);
    assertThat(Crowd.error(alike.one(), truth)).isGreaterThan(0.1);
  }

  @Test
  void neitherTheOrderOfRowsNorThatOfPeopleNorThatOfAPairMatters() {
    Aggregated fit = CrowdBt.of(MANY, Settings.USUAL);

    Aggregated renumbered = CrowdBt.of(Crowd.renumbered(MANY), Settings.USUAL);
    double[] turned = fit.one().clone();
    turned[17] = 1 - turned[17];

    double[] reversed = CrowdBt.of(Crowd.reversed(MANY), Settings.USUAL).one();
    assertThat(Crowd.apart(reversed, fit.one())).isZero();
    assertThat(Crowd.apart(renumbered.one(), fit.one())).isLessThan(1e-12);
    assertThat(Crowd.apart(Crowd.backwards(renumbered.reliability()), fit.reliability()))
        .isLessThan(1e-12);
    assertThat(Crowd.apart(CrowdBt.of(Crowd.turned(MANY, 17), Settings.USUAL).one(), turned))
        .isLessThan(1e-12);
  }

  @Test
  void contraryLabelsMirrorTheResult() {
    Aggregated fit = CrowdBt.of(MANY, Settings.USUAL);

    Aggregated contrary = CrowdBt.of(Crowd.contrary(MANY), Settings.USUAL);

    assertThat(Crowd.apart(contrary.one(), Crowd.mirrored(fit.one()))).isLessThan(1e-12);
    assertThat(Crowd.apart(contrary.reliability(), fit.reliability())).isLessThan(1e-12);
  }

  @Test
  void answersThatNoComparisonLinksAreCountedAndPlacedByThePrior() {
    Ballots apart =
        new Ballots(
            List.of(new Compared(0, 1), new Compared(2, 3), new Compared(0, 2)),
            2,
            List.of(new Ballot(0, 0, 1, false), new Ballot(1, 1, 1, false)));

    assertThat(apart.pieces()).isEqualTo(2);
    double[] one = CrowdBt.of(apart, Settings.USUAL).one();
    assertThat(one[0]).isBetween(0.55, 0.95);
    assertThat(one[2]).isCloseTo(0.5, within(1e-9));
  }

  /** Scores with the virtual answer's at 0, from what the fit says of pairs. */
  private static double[] scores(Aggregated fit, Ballots ballots) {
    double[] scores = new double[ballots.answers()];
    boolean[] known = new boolean[scores.length];
    known[0] = true;
    for (int round = 0; round < scores.length; round++) {
      for (int i = 0; i < ballots.pairs().size(); i++) {
        Compared pair = ballots.pairs().get(i);
        double gap = StrictMath.log(fit.one()[i] / (1 - fit.one()[i]));
        if (known[pair.one()] && !known[pair.two()]) {
          scores[pair.two()] = scores[pair.one()] - gap;
          known[pair.two()] = true;
        } else if (known[pair.two()] && !known[pair.one()]) {
          scores[pair.one()] = scores[pair.two()] + gap;
          known[pair.one()] = true;
        }
      }
    }
    double low = -20;
    double high = 20;
    for (int step = 0; step < 100; step++) {
      double shift = (low + high) / 2;
      double sum = 0;
      for (double score : scores) {
        sum += 1 - 2 * Logistic.sigmoid(score + shift);
      }
      low = sum > 0 ? shift : low;
      high = sum > 0 ? high : shift;
    }
    List<Double> shifted = new ArrayList<>();
    for (double score : scores) {
      shifted.add(score + low);
    }
    return shifted.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double slope(double eta, double gap) {
    double wins = Logistic.sigmoid(gap);
    return (2 * eta - 1) * wins * (1 - wins) / CrowdBt.prefers(eta, gap);
  }

  private static double slopeOfEta(double eta, double gap) {
    return (2 * Logistic.sigmoid(gap) - 1) / CrowdBt.prefers(eta, gap);
  }

  private static double number(String key, String name) {
    return Vectors.number(key, name);
  }
}

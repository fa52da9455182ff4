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
import org.plumbline.engine.rlhf.aggregation.DawidSkene.Classes;
import org.plumbline.engine.rlhf.aggregation.DawidSkene.Settings;

class DawidSkeneTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final int[][] LABELS = {{0, 0, 1}, {0, 0, 0}, {1, 1, 0}, {1, 1, 1}, {0, 1, 0}};

  private static final double[] RIGHT = Crowd.reliabilities(200);
  private static final boolean[] TRUTHS = Crowd.truths(4000);
  private static final Ballots MANY = Crowd.classes(TRUTHS, RIGHT, 5);

  @Test
  void theFirstIterationsAreThoseOfThePaper() {
    for (int iterations : new int[] {1, 2, 50}) {
      String key = "1.ds_it" + iterations;

      // The vectors know nothing of orders: everything is shown in the order of the pair.
      Aggregated estimate =
          DawidSkene.of(
              small(),
              new Settings(Classes.ESTIMATED, 1e-10, 1e-10, new Iterations(iterations, -1)));

      for (int i = 0; i < LABELS.length; i++) {
        double expected = Vectors.of(key).path("post1").path(String.valueOf(i)).asDouble();
        assertThat(estimate.one()[i]).isCloseTo(expected, within(1e-10));
      }
      for (int h = 0; h < 3; h++) {
        var accuracies = Vectors.of(key).path("acc").path(h);
        double mean = (accuracies.path(0).asDouble() + accuracies.path(1).asDouble()) / 2;
        assertThat(estimate.reliability()[h]).isCloseTo(mean, within(1e-9));
      }
      assertThat(estimate.objective().get(0))
          .isCloseTo(Vectors.number(key, "ll_first"), within(1e-7));
      assertThat(estimate.objective().get(iterations - 1))
          .isCloseTo(Vectors.number(key, "ll_last"), within(1e-7));
    }
  }

  @Test
  void everyIterationRaisesTheObjective() {
    for (Classes classes : Classes.values()) {
      Settings settings = new Settings(classes, 2, 1, new Iterations(500, 1e-10));

      Aggregated estimate = DawidSkene.of(MANY, settings);

      assertThat(estimate.converged()).isTrue();
      assertThat(estimate.objective()).hasSizeGreaterThan(3);
      for (int k = 1; k < estimate.objective().size(); k++) {
        assertThat(estimate.objective().get(k))
            .isGreaterThanOrEqualTo(estimate.objective().get(k - 1) - 1e-9);
      }
    }
  }

  @Test
  void whatIsPlantedIsFoundAgain() {
    Aggregated estimate = DawidSkene.of(MANY, Settings.USUAL);

    // A person has 100 labels: the error of a share is at least sqrt(0.19 / 100) = 0.04 or so.
    assertThat(Crowd.error(estimate.reliability(), RIGHT)).isLessThan(0.06);
    assertThat(Crowd.right(MANY.shares(), TRUTHS)).isLessThan(0.76);
    assertThat(Crowd.right(estimate.one(), TRUTHS)).isGreaterThan(0.89);
    // What it says with some probability is so with that probability.
    double expected = 0;
    for (double one : estimate.one()) {
      expected += Math.max(one, 1 - one) / TRUTHS.length;
    }
    assertThat(Crowd.right(estimate.one(), TRUTHS)).isCloseTo(expected, within(0.02));
  }

  @Test
  void neitherTheOrderOfRowsNorThatOfPeopleMatters() {
    Aggregated estimate = DawidSkene.of(MANY, Settings.USUAL);

    Aggregated reversed = DawidSkene.of(Crowd.reversed(MANY), Settings.USUAL);
    Aggregated renumbered = DawidSkene.of(Crowd.renumbered(MANY), Settings.USUAL);

    assertThat(Crowd.apart(reversed.one(), estimate.one())).isZero();
    assertThat(Crowd.apart(renumbered.one(), estimate.one())).isLessThan(1e-12);
    assertThat(Crowd.apart(Crowd.backwards(renumbered.reliability()), estimate.reliability()))
        .isLessThan(1e-12);
  }

  @Test
  void turningAPairRoundTurnsItsResultRoundAndNothingElse() {
    double[] expected = DawidSkene.of(MANY, Settings.USUAL).one().clone();
    expected[17] = 1 - expected[17];

    double[] turned = DawidSkene.of(Crowd.turned(MANY, 17), Settings.USUAL).one();
    assertThat(Crowd.apart(turned, expected)).isLessThan(1e-12);
  }

  @Test
  void contraryLabelsMirrorTheResult() {
    Aggregated estimate = DawidSkene.of(MANY, Settings.USUAL);

    Aggregated contrary = DawidSkene.of(Crowd.contrary(MANY), Settings.USUAL);

    assertThat(Crowd.apart(contrary.one(), Crowd.mirrored(estimate.one()))).isLessThan(1e-12);
    assertThat(Crowd.apart(contrary.reliability(), estimate.reliability())).isLessThan(1e-12);
  }

  @Test
  void whoAlwaysNamesTheFirstAnswerTellsNothing() {
    List<Ballot> ballots = new ArrayList<>(MANY.ballots());
    for (int i = 0; i < TRUTHS.length; i++) {
      boolean swapped = i % 3 == 0;
      ballots.add(new Ballot(i, 200, swapped ? 0 : 1, swapped));
    }

    Aggregated estimate = DawidSkene.of(new Ballots(MANY.pairs(), 201, ballots), Settings.USUAL);

    assertThat(estimate.reliability()[200]).isCloseTo(0.5, within(0.01));
    double[] without = DawidSkene.of(MANY, Settings.USUAL).one();
    assertThat(Crowd.apart(estimate.one(), without)).isLessThan(0.05);
  }

  @Test
  void oneLabellerAndLabelsThatAreAllEqualGiveNumbers() {
    List<Compared> pairs = List.of(new Compared(0, 1), new Compared(2, 3));
    Ballots alone =
        new Ballots(pairs, 1, List.of(new Ballot(0, 0, 1, false), new Ballot(1, 0, 0, false)));
    Ballots equal =
        new Ballots(
            pairs,
            2,
            List.of(
                new Ballot(0, 0, 0.5, false),
                new Ballot(0, 1, 0.5, true),
                new Ballot(1, 0, 0.5, false)));

    double[] one = DawidSkene.of(alone, Settings.USUAL).one();
    assertThat(one[0]).isBetween(0.6, 0.95);
    assertThat(one[1]).isCloseTo(1 - one[0], EXACT);
    assertThat(DawidSkene.of(equal, Settings.USUAL).one())
        .containsExactly(new double[] {0.5, 0.5}, EXACT);
    assertThat(DawidSkene.of(new Ballots(List.of(), 0, List.of()), Settings.USUAL).one()).isEmpty();
  }

  private static Ballots small() {
    List<Compared> pairs = new ArrayList<>();
    List<Ballot> ballots = new ArrayList<>();
    for (int i = 0; i < LABELS.length; i++) {
      pairs.add(new Compared(2 * i, 2 * i + 1));
      for (int h = 0; h < 3; h++) {
        ballots.add(new Ballot(i, h, LABELS[i][h], false));
      }
    }
    return new Ballots(pairs, 3, ballots);
  }
}

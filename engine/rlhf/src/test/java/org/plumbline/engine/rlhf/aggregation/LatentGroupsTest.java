// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.aggregation.LatentGroups.Groups;
import org.plumbline.engine.rlhf.aggregation.LatentGroups.Preference;
import org.plumbline.engine.rlhf.aggregation.LatentGroups.Settings;
import org.plumbline.engine.rlhf.numerics.Logistic;

class LatentGroupsTest {
  private static final double[][] PLANTED = {{2, -1, .5, 0}, {-1, 2, 0, .5}};
  private static final int PEOPLE = 1000;
  private static final int EACH = 20;
  private static final int SMALLER = 350;

  @Test
  void sharesMatchTheWorkedExample() {
    List<Preference> labels =
        List.of(
            new Preference(0, new double[] {1, -1}, 1),
            new Preference(0, new double[] {.5, -.5}, 1),
            new Preference(1, new double[] {-1, 1}, 1),
            new Preference(1, new double[] {-.2, .8}, 1),
            new Preference(2, new double[] {1, 1}, 1));

    double[][] shares =
        LatentGroups.shares(labels, 3, new double[][] {{1, 0}, {0, 1}}, new double[] {.5, .5});

    double[] size = new double[2];
    for (int h = 0; h < 3; h++) {
      for (int z = 0; z < 2; z++) {
        double expected = Vectors.of("3.em").get("resp").get(String.valueOf(h)).get(z).asDouble();
        assertThat(shares[h][z]).isCloseTo(expected, within(1e-12));
        size[z] += shares[h][z] / 3;
      }
      assertThat(shares[h][0] + shares[h][1]).isCloseTo(1, within(1e-12));
    }
    assertThat(size).containsExactly(Vectors.list("3.em", "pi_new"), within(1e-12));
  }

  /** 20,000 labels: weights to 0.15, sizes to 0.01, and hardly anybody in the wrong group. */
  @Test
  void plantedGroupsAreFoundAndTheObjectiveNeverFalls() {
    Groups found = LatentGroups.of(planted(), PEOPLE, new Settings(2, 5, 1, 200), 7);

    for (int i = 1; i < found.objective().size(); i++) {
      double before = found.objective().get(i - 1);
      assertThat(found.objective().get(i)).isGreaterThanOrEqualTo(before - 1e-9 * Math.abs(before));
    }
    int wrong = 0;
    for (int h = 0; h < PEOPLE; h++) {
      wrong += found.shares()[h][h < SMALLER ? 1 : 0] < .5 ? 1 : 0;
    }
    assertThat(wrong).isLessThan(10);
    assertThat(found.sizes()[0]).isCloseTo(.65, within(.01));
    for (int z = 0; z < 2; z++) {
      assertThat(found.weights()[z]).containsExactly(PLANTED[z], within(.15));
    }
  }

  @Test
  void whoeverIsListedFirstDoesNotMatterToTheLikelihood() {
    List<Preference> turned = new ArrayList<>();
    for (Preference label : planted()) {
      double[] back = label.difference().clone();
      for (int i = 0; i < back.length; i++) {
        back[i] = -back[i];
      }
      turned.add(new Preference(label.person(), back, 1 - label.first()));
    }

    Groups one = LatentGroups.of(planted(), PEOPLE, new Settings(2, 1, 1, 5), 7);
    Groups other = LatentGroups.of(turned, PEOPLE, new Settings(2, 1, 1, 5), 7);

    for (int i = 0; i < one.objective().size(); i++) {
      assertThat(other.objective().get(i))
          .isCloseTo(one.objective().get(i), within(1e-6 * Math.abs(one.objective().get(i))));
    }
  }

  @Test
  void oneGroupOfPeopleWhoSayTheSameHasFiniteWeights() {
    List<Preference> labels = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      labels.add(new Preference(i % 3, new double[] {1, 0}, 1));
    }

    Groups found = LatentGroups.of(labels, 3, new Settings(2, 2, 1, 50), 1);

    for (double[] weights : found.weights()) {
      assertThat(weights[0]).isFinite();
      assertThat(weights[1]).isZero();
    }
    assertThat(found.sizes()[0] + found.sizes()[1]).isCloseTo(1, within(1e-12));
  }

  private static List<Preference> planted() {
    RandomStream stream = RandomStream.of(3, RandomPurpose.ENVIRONMENT, 0);
    List<Preference> labels = new ArrayList<>();
    for (int h = 0; h < PEOPLE; h++) {
      double[] wants = PLANTED[h < SMALLER ? 1 : 0];
      for (int i = 0; i < EACH; i++) {
        long at = 5L * (h * (long) EACH + i);
        double[] x = new double[4];
        double gap = 0;
        for (int f = 0; f < 4; f++) {
          x[f] = stream.normal(at + f);
          gap += wants[f] * x[f];
        }
        boolean first = stream.uniform(at + 4) < Logistic.sigmoid(gap);
        labels.add(new Preference(h, x, first ? 1 : 0));
      }
    }
    return labels;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MahalanobisTest {

  /** Covariance diag(2, 1/2), trace 2.5: a thousandth of 1.25 is added to its diagonal. */
  @Test
  void distancesMatchHandComputedNumbers() {
    Mahalanobis cloud =
        Mahalanobis.of(
            List.of(
                new double[] {5, 1},
                new double[] {1, 1},
                new double[] {3, 2},
                new double[] {3, 0}));

    assertThat(cloud.squared(new double[] {3, 1})).isCloseTo(0, within(1e-12));
    assertThat(cloud.squared(new double[] {5, 1})).isCloseTo(4 / 2.00125, within(1e-9));
    assertThat(cloud.squared(new double[] {4, 2}))
        .isCloseTo(1 / 2.00125 + 1 / .50125, within(1e-9));
  }

  /** Turning and stretching all points alike changes no distance, but for what is added. */
  @Test
  void theUnitsAreThoseOfTheCloud() {
    List<double[]> points = new ArrayList<>();
    List<double[]> turned = new ArrayList<>();
    SplitMix64 random = new SplitMix64(3);
    for (int i = 0; i < 200; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      points.add(new double[] {x, y});
      turned.add(new double[] {3 * (x - y), 3 * (x + y)});
    }

    double plain = Mahalanobis.of(points).squared(new double[] {2, -1});
    double other = Mahalanobis.of(turned).squared(new double[] {9, 3});

    assertThat(other).isCloseTo(plain, within(1e-6 * plain));
    assertThat(plain).isGreaterThan(30);
  }

  @Test
  void whatLeavesALineIsFarFromIt() {
    List<double[]> line = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      line.add(new double[] {i, 2 * i, 0});
    }
    Mahalanobis cloud = Mahalanobis.of(line);

    assertThat(cloud.squared(new double[] {9, 18, 0})).isLessThan(3);
    assertThat(cloud.squared(new double[] {9, 18, 3})).isGreaterThan(100);
  }

  @Test
  void pointsThatAreAllTheSameHaveNoUnits() {
    assertThatThrownBy(() -> Mahalanobis.of(List.of(new double[2], new double[2])))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

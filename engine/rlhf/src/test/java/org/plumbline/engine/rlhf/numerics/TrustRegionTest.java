// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustRegionTest {
  /** The valley of Rosenbrock, whose only minimum is at (1, 1); it is no bowl on the way there. */
  private static final class Valley implements TrustRegion.Surface {
    private double x;
    private double y;

    @Override
    public double[] scale() {
      return new double[] {1, 1};
    }

    @Override
    public double at(double[] point, double[] slopes) {
      x = point[0];
      y = point[1];
      double bend = y - x * x;
      slopes[0] = -400 * x * bend - 2 * (1 - x);
      slopes[1] = 200 * bend;
      return 100 * bend * bend + (1 - x) * (1 - x);
    }

    @Override
    public void curve(double[] direction, double[] product) {
      product[0] = (1200 * x * x - 400 * y + 2) * direction[0] - 400 * x * direction[1];
      product[1] = -400 * x * direction[0] + 200 * direction[1];
    }
  }

  /** cos(x) + y²: at its start the slope is next to nothing and the curvature negative. */
  private static final class Saddle implements TrustRegion.Surface {
    private double x;

    @Override
    public double[] scale() {
      return new double[] {1, 2};
    }

    @Override
    public double at(double[] point, double[] slopes) {
      x = point[0];
      slopes[0] = -StrictMath.sin(x);
      slopes[1] = 2 * point[1];
      return StrictMath.cos(x) + point[1] * point[1];
    }

    @Override
    public void curve(double[] direction, double[] product) {
      product[0] = -StrictMath.cos(x) * direction[0];
      product[1] = 2 * direction[1];
    }
  }

  @Test
  void theBottomOfABentValleyIsFound() {
    TrustRegion.Minimum minimum = TrustRegion.of(new Valley(), new double[] {-1.2, 1}, 100, 1e-10);

    assertThat(minimum.converged()).isTrue();
    assertThat(minimum.point()[0]).isCloseTo(1, within(1e-9));
    assertThat(minimum.point()[1]).isCloseTo(1, within(1e-9));
    falls(minimum.values());
  }

  @Test
  void itLeavesWhereItCurvesDown() {
    TrustRegion.Minimum minimum = TrustRegion.of(new Saddle(), new double[] {1e-3, 1}, 100, 1e-10);

    assertThat(minimum.converged()).isTrue();
    assertThat(StrictMath.cos(minimum.point()[0])).isCloseTo(-1, within(1e-12));
    assertThat(minimum.point()[1]).isCloseTo(0, within(1e-10));
    falls(minimum.values());
  }

  @Test
  void whoMayTakeFewStepsIsToldThatTheyWereTooFew() {
    TrustRegion.Minimum minimum = TrustRegion.of(new Valley(), new double[] {-1.2, 1}, 3, 1e-10);

    assertThat(minimum.converged()).isFalse();
    assertThat(minimum.values().size()).isLessThanOrEqualTo(4);
  }

  private static void falls(List<Double> values) {
    assertThat(values).hasSizeGreaterThan(3);
    for (int k = 1; k < values.size(); k++) {
      assertThat(values.get(k)).isLessThanOrEqualTo(values.get(k - 1) + 1e-11);
    }
  }
}

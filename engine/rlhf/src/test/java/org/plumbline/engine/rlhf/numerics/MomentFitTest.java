// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;

class MomentFitTest {
  private static final double[] LOG_BASE =
      Arrays.stream(new double[] {.42, .18, .08, .32}).map(StrictMath::log).toArray();

  @Test
  void theTiltIsThatOfTheVectors() {
    MomentFit.Group all = new MomentFit.Group(LOG_BASE, column(1, 0, 1, 0));

    MomentFit fit = MomentFit.of(List.of(all), new double[] {.7}, 1e-12);

    assertThat(fit.lambda()[0]).isCloseTo(Vectors.number("4.gdc_dist", "lambda"), within(1e-9));
    assertThat(fit.moments()[0]).isCloseTo(Vectors.number("4.gdc_dist", "moment"), within(1e-12));
    double[] tilted = tilted(fit.lambda());
    assertThat(tilted).containsExactly(Vectors.list("4.gdc_dist", "p"), within(1e-9));
    double divergence = 0;
    for (int i = 0; i < 4; i++) {
      divergence += tilted[i] * (StrictMath.log(tilted[i]) - LOG_BASE[i]);
    }
    assertThat(divergence).isCloseTo(Vectors.number("4.gdc_dist", "KL(p||p0)"), within(1e-9));
  }

  private static double[] tilted(double[] lambda) {
    double[] features = {1, 0, 1, 0};
    double[] logs = new double[4];
    for (int i = 0; i < 4; i++) {
      logs[i] = LOG_BASE[i] + lambda[0] * features[i];
    }
    double logZ = Logistic.logSumExp(logs);
    return Arrays.stream(logs).map(log -> StrictMath.exp(log - logZ)).toArray();
  }

  @Test
  void severalMomentsAreMetTogetherAndOnAverageOverPrompts() {
    MomentFit.Group one =
        MomentFit.Group.of(
            List.of(new double[] {1, 3}, new double[] {0, 5}, new double[] {1, 9}, new double[2]));
    MomentFit.Group other =
        MomentFit.Group.of(List.of(new double[] {0, 2}, new double[] {1, 1}, new double[] {0, 8}));

    MomentFit fit = MomentFit.of(List.of(one, other), new double[] {.6, 4.5}, 1e-10);

    assertThat(fit.error()).isLessThan(1e-10);
    assertThat(fit.moments()).containsExactly(new double[] {.6, 4.5}, within(1e-10));
    assertThat(MomentFit.bound(List.of(one, other), 1, true)).isEqualTo(8.5);
    assertThat(MomentFit.bound(List.of(one, other), 1, false)).isEqualTo(.5);
  }

  @Test
  void oneFeatureTwiceIsMetIfBothAskTheSame() {
    MomentFit.Group all =
        new MomentFit.Group(LOG_BASE, new double[][] {{1, 1}, {0, 0}, {1, 1}, {0, 0}});

    assertThat(MomentFit.of(List.of(all), new double[] {.7, .7}, 1e-9).error()).isLessThan(1e-9);
    assertThat(MomentFit.of(List.of(all), new double[] {.7, .2}, 1e-9).error()).isGreaterThan(.2);
  }

  private static double[][] column(double... values) {
    return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
  }
}

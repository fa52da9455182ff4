// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;

class LogisticTest {

  @Test
  void logSigmoidIsExactFarFromZero() {
    Vectors.of("0.logsigmoid")
        .properties()
        .forEach(
            known -> {
              double expected = known.getValue().asDouble();
              assertThat(Logistic.logSigmoid(Double.parseDouble(known.getKey())))
                  .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
            });
  }

  @Test
  void logSumExpDoesNotOverflow() {
    assertThat(Logistic.logSumExp(new double[] {1000, 1000.5, 999}))
        .isCloseTo(Vectors.of("0.logsumexp").asDouble(), within(1e-9));
  }

  @Test
  void crossEntropyMatchesTheWorkedExamples() {
    assertThat(Logistic.crossEntropy(.3, Vectors.number("4.rlaif", "pA")))
        .isCloseTo(Vectors.number("4.rlaif", "ce(r gap .3)"), within(1e-9));
    assertThat(Logistic.crossEntropy(.8 - .3, 1))
        .isCloseTo(Vectors.number("3.bt_margin", "plain"), within(1e-9));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.rlhf.Vectors;

class LogisticTest {

  @Test
  void logSigmoidIsExactFarFromZero() {
    assertThat(Logistic.logSigmoid(-40)).isEqualTo(-40.0);
    assertThat(Logistic.logSigmoid(-2)).isCloseTo(-2.12692801104, within(1e-9));
    assertThat(Logistic.logSigmoid(.3)).isCloseTo(-0.554355244469, within(1e-9));
    assertThat(Logistic.logSigmoid(40)).isCloseTo(-4.24835425529e-18, within(1e-28));
  }

  @Test
  void logSumExpDoesNotOverflow() {
    assertThat(Logistic.logSumExp(new double[] {1000, 1000.5, 999}))
        .isCloseTo(1001.10413060534, within(1e-9));
  }

  @Test
  void crossEntropyMatchesTheWorkedExamples() {
    assertThat(Logistic.crossEntropy(.3, Vectors.number("4.rlaif", "pA")))
        .isCloseTo(Vectors.number("4.rlaif", "ce(r gap .3)"), within(1e-9));
    assertThat(Logistic.crossEntropy(.8 - .3, 1))
        .isCloseTo(Vectors.number("3.bt_margin", "plain"), within(1e-9));
  }
}

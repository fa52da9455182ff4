// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.policy.OnlinePolicySpec;
import org.plumbline.engine.lm.Slopes;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.policygradient.Counted;
import org.plumbline.engine.rlhf.policygradient.Methods;
import org.plumbline.engine.rlhf.policygradient.Surrogate;
import org.plumbline.engine.rlhf.policygradient.TokenMean;
import org.plumbline.engine.rlhf.training.Loss;

class GrpoTest {
  private static final OnlinePolicySpec.Grpo PLAIN = Methods.grpo(Methods.kl(0), Methods.Size.TINY);
  private static final OnlinePolicySpec.Grpo DAPO = Methods.dapo(Methods.kl(0), Methods.Size.TINY);

  @ParameterizedTest
  @CsvSource({
    "1.25, 1, r1.25A1_sym, r1.25A1_high.28",
    "1.35, 1, r1.25A1_sym, r1.35A1_high.28", // beyond the clip the ratio no longer counts
    ".7, -1, r.7A-1, r.7A-1",
    "4, -1, r4A-1, r4A-1_dual3"
  })
  void termsMatchTheWorkedExamples(double ratio, double advantage, String plain, String dapo) {
    assertThat(term(PLAIN, ratio, advantage))
        .isCloseTo(Vectors.number("4.clip", plain), within(1e-5));
    assertThat(term(DAPO, ratio, advantage))
        .isCloseTo(Vectors.number("4.clip", dapo), within(1e-5));
  }

  @Test
  void aRatioThatRoseCostsAnAnswerThatWasWorse() {
    assertThat(term(PLAIN, 1.25, -1)).isCloseTo(1.25, within(1e-5));
    assertThat(term(DAPO, 1.25, -1)).isCloseTo(1.25, within(1e-5));
  }

  private static double term(OnlinePolicySpec.Grpo settings, double ratio, double advantage) {
    try (TensorScope scope = TensorScope.open()) {
      return loss(settings, row(StrictMath.log(ratio)), advantage).value().item();
    }
  }

  private static Loss loss(OnlinePolicySpec.Grpo settings, Tensor logProbs, double advantage) {
    Tensor none = row(0);
    Surrogate.Terms terms =
        new Surrogate.Terms(
            logProbs, none, row(advantage), none, none, none, Counted.all(Tensor.ones(1, 1)));
    return Grpo.loss(terms, settings, TokenMean.TOKENS);
  }

  @Test
  void theDualClipStopsTheGradientOfAnAnswerThatIsFarOff() {
    double beyond = StrictMath.log(4);

    assertThat(slope(PLAIN, beyond, -1)).isCloseTo(4, within(1e-4));
    assertThat(slope(DAPO, beyond, -1)).isZero();
    assertThat(slope(DAPO, 0, -1)).isCloseTo(1, within(1e-6));
    assertThat(slope(DAPO, StrictMath.log(1.25), 1)).isCloseTo(-1.25, within(1e-5));
    assertThat(slope(PLAIN, StrictMath.log(1.25), 1)).isZero();
  }

  private static double slope(OnlinePolicySpec.Grpo settings, double logRatio, double advantage) {
    return Slopes.of(
        leaves -> loss(settings, leaves.get(0).reshape(1, 1), advantage).value(),
        new float[] {(float) logRatio})[0][0];
  }

  @Test
  void theClippedShareCountsBothSidesByTheirOwnLimits() {
    try (TensorScope scope = TensorScope.open()) {
      float[] ratios = {.7f, .9f, 1.25f, 1.3f};
      float[] logs = new float[4];
      for (int i = 0; i < 4; i++) {
        logs[i] = (float) StrictMath.log(ratios[i]);
      }
      Tensor none = Tensor.zeros(1, 4);
      Surrogate.Terms terms =
          new Surrogate.Terms(
              Tensor.of(logs, 1, 4), none, none, none, none, none, Counted.all(Tensor.ones(1, 4)));

      assertThat(Grpo.loss(terms, PLAIN, TokenMean.TOKENS).logged().get("clip_share"))
          .isEqualTo(.75);
      assertThat(Grpo.loss(terms, DAPO, TokenMean.TOKENS).logged().get("clip_share")).isEqualTo(.5);
    }
  }

  private static Tensor row(double value) {
    return Tensor.of(new float[] {(float) value}, 1, 1);
  }
}

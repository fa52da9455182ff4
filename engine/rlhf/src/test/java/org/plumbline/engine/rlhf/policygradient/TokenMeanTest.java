// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policygradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.Vectors;

class TokenMeanTest {
  private static final Map<String, TokenMean> BY_NAME =
      Map.of(
          "seq-mean-token-mean(grpo)",
          TokenMean.ANSWERS,
          "token-mean(dapo)",
          TokenMean.TOKENS,
          "dr_grpo(L=8)",
          TokenMean.constant(8),
          "seq-mean-token-sum",
          TokenMean.SUMS);

  @Test
  void meansMatchTheWorkedExampleWhateverStandsInThePadding() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor tokens = Tensor.of(new float[] {1, 1, 70, -9, 2, 2, 2, 2}, 2, 4);
      Tensor mask = Tensor.of(new float[] {1, 1, 0, 0, 1, 1, 1, 1}, 2, 4);

      BY_NAME.forEach(
          (name, mean) ->
              assertThat((double) mean.of(tokens, Counted.all(mask)).item())
                  .as(name)
                  .isCloseTo(Vectors.number("4.agg", name), within(1e-6)));
    }
  }

  @Test
  void ofNothingIsZero() {
    try (TensorScope scope = TensorScope.open()) {
      BY_NAME.forEach(
          (name, mean) ->
              assertThat(mean.of(Tensor.ones(2, 3), Counted.all(Tensor.zeros(2, 3))).item())
                  .as(name)
                  .isZero());
    }
  }
}

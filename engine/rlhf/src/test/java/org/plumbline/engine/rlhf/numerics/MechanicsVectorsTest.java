// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.numerics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.Parameters;
import org.plumbline.engine.lm.optimiser.AdamW;
import org.plumbline.engine.lm.optimiser.StepResult;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.rlhf.policygradient.Counted;
import org.plumbline.engine.rlhf.policygradient.TokenMean;
import org.plumbline.engine.statistics.SplitMix64;

/** The optimiser and the random numbers that all training stands on. */
class MechanicsVectorsTest {
  private static final RandomStream STREAM = RandomStream.of(42, RandomPurpose.ROLLOUT_TOKENS, 7);

  @Test
  void adamWTakesTheStatedSteps() {
    steps("wd.01", new AdamW.Settings(.9, .999, 1e-8, .01, Double.POSITIVE_INFINITY), .5, -.3, .2);
    steps(
        "wd.01_torch_eps1e-2",
        new AdamW.Settings(.9, .999, 1e-2, .01, Double.POSITIVE_INFINITY),
        .5,
        -.3,
        .2);
    steps(
        "wd0_eps1e-5_torch",
        new AdamW.Settings(.9, .999, 1e-5, 0, Double.POSITIVE_INFINITY),
        1e-4,
        1e-4,
        1e-4);
  }

  private static void steps(String name, AdamW.Settings settings, double... gradients) {
    Parameters parameters = new Parameters(List.of(), any -> true);
    try (TensorScope scope = TensorScope.open();
        AdamW adam = new AdamW(one(parameters, 1), settings)) {
      double[] expected = Vectors.list("6.adamw", name);
      for (int i = 0; i < gradients.length; i++) {
        float gradient = (float) gradients[i];
        adam.step(.1, () -> parameters.get("p").mul(gradient).sum());
        assertThat((double) parameters.get("p").item())
            .as("%s, step %d", name, i)
            .isCloseTo(expected[i], within(1e-6));
      }
    } finally {
      parameters.free();
    }
  }

  private static Parameters one(Parameters parameters, int size) {
    try (TensorScope scope = TensorScope.open()) {
      parameters.add("p", size == 1 ? Tensor.ones(1) : Tensor.zeros(size));
    }
    return parameters;
  }

  /** With an epsilon far above the gradient, a step is the clipped gradient itself. */
  @Test
  void gradientsAreClippedByTheStatedNorm() {
    Parameters parameters = new Parameters(List.of(), any -> false);
    try (TensorScope scope = TensorScope.open();
        AdamW adam = new AdamW(one(parameters, 3), new AdamW.Settings(0, 0, 1e6, 0, 1))) {
      Tensor gradient = Tensor.of(new float[] {3, 4, 12});

      StepResult result = adam.step(1e6, () -> parameters.get("p").mul(gradient).sum());

      float[] moved = parameters.get("p").toFloatArray();
      assertThat(result.gradientNorm()).isCloseTo(Vectors.number("6.clip", "norm"), within(1e-6));
      assertThat(-(double) moved[0]).isCloseTo(Vectors.number("6.clip", "g0"), within(1e-6));
      assertThat(-moved[1] / 4.0).isCloseTo(Vectors.number("6.clip", "coef_max1"), within(1e-6));
    } finally {
      parameters.free();
    }
  }

  @Test
  void aStepDividesByAllItsTokensOnce() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor losses = Tensor.of(new float[] {1, 1, 0, 0, 0, 0, 3, 3, 3, 3, 3, 3}, 2, 6);
      Tensor mask = Tensor.of(new float[] {1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, 2, 6);

      assertThat((double) TokenMean.TOKENS.of(losses, Counted.all(mask)).item())
          .isCloseTo(Vectors.number("6.gradacc", "true token mean"), within(1e-6));
      assertThat((double) TokenMean.ANSWERS.of(losses, Counted.all(mask)).item())
          .isCloseTo(Vectors.number("6.gradacc", "mean of micro means"), within(1e-6));
    }
  }

  @Test
  void splitMixGivesTheStatedNumbers() {
    JsonNode vectors = Vectors.of("6.splitmix");
    SplitMix64 zero = new SplitMix64(0);
    for (JsonNode word : vectors.path("seed0")) {
      assertThat(zero.nextLong()).isEqualTo(Long.parseUnsignedLong(word.asText().substring(2), 16));
    }
    SplitMix64 other = new SplitMix64(1234567);
    for (JsonNode word : vectors.path("seed1234567")) {
      assertThat(Long.toUnsignedString(other.nextLong())).isEqualTo(word.asText());
    }
    SplitMix64 units = new SplitMix64(0);
    for (JsonNode unit : vectors.path("unit0")) {
      assertThat(units.nextDouble()).isEqualTo(unit.asDouble());
    }
  }

  @Test
  void aStreamGivesTheStatedBlocksAndDraws() {
    words(STREAM.block(0), "step7.stream3.idx0.seed42");
    words(STREAM.block(1), "idx1");
    assertThat(STREAM.uniform(0)).isEqualTo(Vectors.number("6.derived", "u1"));
    assertThat(STREAM.normalPair(0))
        .containsExactly(Vectors.list("6.derived", "boxmuller"), within(1e-14));
    assertThat((double) STREAM.categorical(0, new double[] {.42, .18, .08, .32}))
        .isEqualTo(Vectors.number("6.derived", "categorical([.42,.18,.08,.32],u1)"));
  }

  private static void words(int[] block, String name) {
    JsonNode expected = Vectors.of("6.philox").path(name);
    for (int i = 0; i < block.length; i++) {
      assertThat("%08x".formatted(block[i])).isEqualTo(expected.get(i).asText());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.sampling.SamplingScript;
import org.plumbline.engine.lm.sampling.SamplingSettings;
import org.plumbline.engine.lm.tensor.TensorScope;

class SamplingDistributionTest {

  private static final Offset<Float> CLOSE = within(1e-6f);
  private static final SamplingSettings PLAIN = SamplingSettings.of(1);

  /** Probabilities of logits log(2), log(8), log(2), log(4) are 1/8, 1/2, 1/8, 1/4. */
  private static final float[] LOGITS = {0.6931472f, 2.0794415f, 0.6931472f, 1.3862944f};

  private static float[] probabilities(float[] logits, SamplingSettings settings, long... context) {
    try (TensorScope scope = TensorScope.open()) {
      return SamplingScript.distribution(
              TorchTensor.floats(logits, 1, logits.length),
              TorchTensor.longs(context, 1, context.length),
              settings)
          .toFloats();
    }
  }

  @Test
  void plainSamplingKeepsTheModelsDistribution() {
    assertThat(probabilities(LOGITS, PLAIN))
        .containsExactly(new float[] {1 / 8f, 1 / 2f, 1 / 8f, 1 / 4f}, CLOSE);
  }

  @Test
  void temperatureSharpens() {
    // squared weights 4, 64, 4, 16 of 88
    assertThat(probabilities(LOGITS, PLAIN.withTemperature(0.5)))
        .containsExactly(new float[] {4 / 88f, 64 / 88f, 4 / 88f, 16 / 88f}, CLOSE);
  }

  @Test
  void topKKeepsTies() {
    assertThat(probabilities(LOGITS, PLAIN.withTopK(2)))
        .containsExactly(new float[] {0, 2 / 3f, 0, 1 / 3f}, CLOSE);
    assertThat(probabilities(LOGITS, PLAIN.withTopK(3)))
        .containsExactly(new float[] {1 / 8f, 1 / 2f, 1 / 8f, 1 / 4f}, CLOSE);
    assertThat(probabilities(LOGITS, PLAIN.withTopK(9)))
        .containsExactly(new float[] {1 / 8f, 1 / 2f, 1 / 8f, 1 / 4f}, CLOSE);
  }

  @Test
  void topPKeepsTheSmallestSetThatReachesIt() {
    assertThat(probabilities(LOGITS, PLAIN.withTopP(0.4)))
        .containsExactly(new float[] {0, 1, 0, 0}, CLOSE);
    assertThat(probabilities(LOGITS, PLAIN.withTopP(0.6)))
        .containsExactly(new float[] {0, 2 / 3f, 0, 1 / 3f}, CLOSE);
    assertThat(probabilities(LOGITS, PLAIN.withTopP(1e-9)))
        .containsExactly(new float[] {0, 1, 0, 0}, CLOSE);
  }

  @Test
  void ofEquallyLikelyTokensTopPKeepsTheLowerIds() {
    assertThat(probabilities(LOGITS, PLAIN.withTopP(0.8)))
        .containsExactly(new float[] {1 / 7f, 4 / 7f, 0, 2 / 7f}, CLOSE);
  }

  @Test
  void topPLooksBeyondTheMostLikelyHundreds() {
    float[] equal = new float[4096];

    float[] half = probabilities(equal, PLAIN.withTopP(0.5));

    for (int i = 0; i < equal.length; i++) {
      assertThat(half[i]).isEqualTo(i < 2048 ? 1 / 2048f : 0);
    }
  }

  @Test
  void minPIsAShareOfTheMostLikely() {
    assertThat(probabilities(LOGITS, PLAIN.withMinP(0.4)))
        .containsExactly(new float[] {0, 2 / 3f, 0, 1 / 3f}, CLOSE);
    assertThat(probabilities(LOGITS, PLAIN.withMinP(0.2)))
        .containsExactly(new float[] {1 / 8f, 1 / 2f, 1 / 8f, 1 / 4f}, CLOSE);
  }

  @Test
  void laterStepsSeeWhatEarlierOnesLeft() {
    // of 2/3 and 1/3, the first reaches 0.6
    assertThat(probabilities(LOGITS, PLAIN.withTopK(2).withTopP(0.6)))
        .containsExactly(new float[] {0, 1, 0, 0}, CLOSE);
  }

  @Test
  void repeatedTokensArePenalisedOnce() {
    float[] logits = {1, -1, 0.5f, 0};
    // 1 / 2, -1 * 2, 0.5, 0
    double total = Math.exp(0.5) + Math.exp(-2) + Math.exp(0.5) + 1;

    assertThat(probabilities(logits, PLAIN.withRepetitionPenalty(2), 0, 1, 0, 0))
        .containsExactly(
            new float[] {
              (float) (Math.exp(0.5) / total),
              (float) (Math.exp(-2) / total),
              (float) (Math.exp(0.5) / total),
              (float) (1 / total)
            },
            CLOSE);
  }
}

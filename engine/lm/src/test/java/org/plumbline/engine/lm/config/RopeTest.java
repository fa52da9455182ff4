// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RopeTest {

  @Test
  void plainFrequenciesFallGeometrically() {
    // theta^(-2i/8) for theta 10,000
    assertThat(Rope.plain(10_000).frequencies(8, 64))
        .containsExactly(new float[] {1f, 0.1f, 0.01f, 0.001f}, within(1e-8f));
    assertThat(Rope.plain(10_000).attentionScale()).isEqualTo(1);
  }

  @Test
  void linearScalingDividesAll() {
    Rope rope = new Rope("linear", 10_000, Map.of("factor", 4.0));

    assertThat(rope.frequencies(8, 64))
        .containsExactly(new float[] {0.25f, 0.025f, 0.0025f, 0.00025f}, within(1e-8f));
  }

  @Test
  void llama3KeepsShortWavesAndSlowsLongOnes() {
    Rope rope =
        new Rope(
            "llama3",
            10_000,
            Map.of(
                "factor",
                8.0,
                "low_freq_factor",
                1.0,
                "high_freq_factor",
                4.0,
                "original_max_position_embeddings",
                128.0));

    // waves in 128 tokens: 20.4 (above 4: kept), 2.037 (between: smooth = (2.037183 - 1) / 3 =
    // 0.3457277, so 0.1 (0.6542723 / 8 + 0.3457277) = 0.0427512), 0.2 and 0.02 (below 1: / 8)
    assertThat(rope.frequencies(8, 1024))
        .containsExactly(new float[] {1f, 0.0427512f, 0.00125f, 0.000125f}, within(1e-7f));
  }

  @Test
  void yarnInterpolatesAlongARampAndSharpensAttention() {
    Rope rope =
        new Rope("yarn", 10_000, Map.of("factor", 4.0, "original_max_position_embeddings", 32.0));

    // ramp from max(0, floor(8 ln(32 / 64 pi) / (2 ln 10^4))) = 0 to ceil(8 ln(32 / 2 pi) / (2 ln
    // 10^4)) = ceil(0.707) = 1: pair 0 is kept, the others are divided by 4
    assertThat(rope.frequencies(8, 128))
        .containsExactly(new float[] {1f, 0.025f, 0.0025f, 0.00025f}, within(1e-8f));
    assertThat(rope.attentionScale()).isCloseTo(0.1 * Math.log(4) + 1, within(1e-12));
  }

  @Test
  void unknownKindsAndMissingSettingsAreNamed() {
    assertThatThrownBy(() -> new Rope("dynamic", 1e4, Map.of("factor", 2.0)))
        .hasMessageContaining("dynamic")
        .hasMessageContaining("yarn");
    assertThatThrownBy(() -> new Rope("llama3", 1e4, Map.of("factor", 2.0)))
        .hasMessageContaining("low_freq_factor");
  }
}

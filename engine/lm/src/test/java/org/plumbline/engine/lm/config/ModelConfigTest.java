// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.Architecture;
import org.plumbline.engine.lm.ParameterSpec;
import org.plumbline.engine.lm.tokenizer.Tokenizer;

class ModelConfigTest {

  private static final Tokenizer TOKENIZER = Tokenizer.train(List.of("abc ".repeat(3)), 257);

  private static long parameters(String preset) {
    ModelConfig config = ModelConfig.preset(preset, TOKENIZER);
    return Architecture.of(config.architecture()).parameters(config).stream()
        .mapToLong(ParameterSpec::size)
        .sum();
  }

  @Test
  void presetsGrow() {
    assertThat(parameters("micro")).isBetween(100_000L, 150_000L);
    assertThat(parameters("nano")).isBetween(300_000L, 500_000L);
    assertThat(parameters("mini")).isBetween(3_000_000L, 4_000_000L);
    assertThat(ModelConfig.PRESETS).containsExactly("micro", "nano", "mini");
  }

  @Test
  void impossibleShapesAreRefused() {
    assertThatThrownBy(() -> ModelConfig.gpt2(10, 8, new ModelConfig.Size(10, 1, 3), 0))
        .hasMessageContaining("3 heads do not divide width 10");
    assertThatThrownBy(() -> ModelConfig.gpt2(10, 8, new ModelConfig.Size(8, 1, 2), 10))
        .hasMessageContaining("endOfText");
    assertThatThrownBy(() -> ModelConfig.preset("giant", TOKENIZER)).hasMessageContaining("giant");
  }
}

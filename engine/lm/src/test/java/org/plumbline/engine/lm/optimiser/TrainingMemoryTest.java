// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.optimiser.TrainingMemory.Load;
import org.plumbline.engine.lm.tensor.Precision;

class TrainingMemoryTest {

  // 4 layers, width 128, 512 tokens, context 64
  private static final ModelConfig NANO =
      ModelConfig.gpt2(512, 64, new ModelConfig.Size(128, 4, 4), 0);

  @Test
  void parametersAreThoseOfTheModel() {
    // embeddings (512 + 64) x 128; a layer: 12 x 128 x 128 + 13 x 128; the last norm 2 x 128
    assertThat(TrainingMemory.parameters(NANO))
        .isEqualTo(576 * 128 + 4 * (12 * 128 * 128 + 13 * 128) + 256);
  }

  @Test
  void whatDependsOnParametersIsExact() {
    TrainingMemory memory = TrainingMemory.of(NANO, Load.of(1, 8));

    assertThat(memory.weights()).isEqualTo(4 * TrainingMemory.parameters(NANO));
    assertThat(memory.training()).isEqualTo(3 * memory.weights());
  }

  @Test
  void activationsGrowWithRowsAndLength() {
    TrainingMemory one = TrainingMemory.of(NANO, Load.of(8, 32));

    assertThat(TrainingMemory.of(NANO, Load.of(16, 32)).activations())
        .isCloseTo(2 * one.activations(), within(1L)); // bytes are rounded down
    assertThat(TrainingMemory.of(NANO, Load.of(8, 64)).activations())
        .isGreaterThan(2 * one.activations());
    assertThat(TrainingMemory.of(NANO, Load.of(8, 64)).logits()).isEqualTo(2 * one.logits());
  }

  @Test
  void sixteenBitsAndComputingLayersAgainKeepLess() {
    TrainingMemory all = TrainingMemory.of(NANO, Load.of(8, 64));
    TrainingMemory narrow = TrainingMemory.of(NANO, new Load(8, 64, Precision.BFLOAT16, false, 1));
    TrainingMemory again = TrainingMemory.of(NANO, new Load(8, 64, Precision.FLOAT32, true, 1));

    assertThat(narrow.activations()).isCloseTo(all.activations() / 2, within(1L));
    assertThat(narrow.weights()).isGreaterThan(all.weights());
    assertThat(again.activations()).isLessThan(all.activations() / 2);
  }
}

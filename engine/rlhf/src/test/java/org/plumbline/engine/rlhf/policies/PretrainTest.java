// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.tokenizer.Tokenizer;
import org.plumbline.engine.plan.Sha256;

/**
 * What a pretraining depends on and its key does not hold, because it is code: presets and the
 * tokenizer's training. Whoever changes a number here must raise {@link Pretrain#version}, or old
 * results are taken for new ones.
 */
class PretrainTest {
  private static final List<String> CORPUS =
      List.of("the cat sat on the mat.", "the hat sat on the cat!", "Wie geht's? 12 häts");

  @Test
  void presetsAndTokenizerAreThoseOfTheVersion() {
    Tokenizer tokenizer = Tokenizer.train(CORPUS, 280);

    assertThat(new Pretrain().version()).isEqualTo(3);
    assertThat(Sha256.of(tokenizer.json()))
        .isEqualTo("4de4316a3a11b8ac4dfd2bfd291804f6c46ede5b382ddd3bacfc78441d3e361f");
    assertThat(ModelConfig.PRESETS)
        .map(name -> size(ModelConfig.preset(name, tokenizer)))
        .containsExactly(
            "64 tokens, width 64, 2 layers, 4 heads, 256, deviation 0.050000",
            "128 tokens, width 96, 3 layers, 6 heads, 384, deviation 0.040825",
            "256 tokens, width 256, 4 layers, 8 heads, 1024, deviation 0.025000");
  }

  private static String size(ModelConfig config) {
    return String.format(
        Locale.ROOT,
        "%d tokens, width %d, %d layers, %d heads, %d, deviation %.6f",
        config.contextLength(),
        config.width(),
        config.layers(),
        config.heads(),
        config.feedForwardWidth(),
        config.initialDeviation());
  }
}

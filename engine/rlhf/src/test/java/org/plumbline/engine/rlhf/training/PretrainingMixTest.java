// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plumbline.dsl.model.policy.Regularizers;
import org.plumbline.engine.lm.LanguageModel;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;
import org.plumbline.engine.rlhf.FolderContext;
import org.plumbline.engine.rlhf.TinyWorld;
import org.plumbline.engine.rlhf.Vectors;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.store.content.Artifact;

/** Which rows are learned beside a reward. */
class PretrainingMixTest {
  private static final String ROLE = "regularizers.pretraining_mix.data";

  @TempDir Path folder;

  private @Nullable PretrainingMix open(Artifact data) throws IOException {
    FolderContext context = FolderContext.in(folder.resolve("run"), "", 1).input(ROLE, data);
    try (LanguageModel model = TinyWorld.model(1)) {
      return PretrainingMix.open(context, new Regularizers.PretrainingMix("data", 1), model);
    }
  }

  @Test
  void theLossMatchesTheWorkedExample() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor loss = PretrainingMix.added(Tensor.scalar(.7), Tensor.scalar(.02), 27.8);

      assertThat((double) loss.item()).isCloseTo(Vectors.number("4.ptx", "loss"), within(1e-6));
    }
  }

  @Test
  void textsAndDemonstrationsAreLearned() throws IOException {
    assertThat(open(TinyWorld.textData(folder.resolve("texts"), 4))).isNotNull();
    assertThat(open(TinyWorld.demonstrationData(folder.resolve("demos"), 4))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "preference | {\"chosen\": \"yes.\", \"prompt\": \"tea?\", \"rejected\": \"go away.\"}",
        "labelled answer | {\"completion\": \"go away.\", \"label\": false, \"prompt\": \"tea?\"}",
        "prompt | {\"prompt\": \"tea?\"}"
      })
  void whatNobodyDemonstratedIsRefused(String shape, String row) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("rows.jsonl"), row + "\n");
    Files.writeString(data.resolve("summary.json"), "{\"shape\": \"" + shape + "\", \"rows\": 1}");

    assertThatThrownBy(() -> open(FolderContext.artifact(data)))
        .isInstanceOfSatisfying(
            StageFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("PLB0516");
              assertThat(failure.setting()).isEqualTo(ROLE);
              assertThat(failure)
                  .hasMessageContaining("`text`, or `prompt` and `completion`")
                  .hasMessageContaining(shape + "s");
            });
  }
}

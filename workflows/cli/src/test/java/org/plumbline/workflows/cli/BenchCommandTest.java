// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

  @TempDir Path folder;

  @Test
  void whatCannotBeMeasuredIsAMistake() {
    Said said = Said.by(folder, "bench", "lm", "trian");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("`trian`").contains("train, sample, sft");
    assertThat(Said.by(folder, "bench", "lm", "--preset", "huge").err()).contains("`huge`");
    assertThat(Said.by(folder, "bench", "lm", "--family", "rwkv").err()).contains("`rwkv`");
    assertThat(Said.by(folder, "bench", "lm", "--repeats", "0").code()).isEqualTo(2);
    assertThat(Said.by(folder, "bench").err()).contains("bench lm", "bench feedback");
    Said feedback = Said.by(folder, "bench", "feedback", "crowd");
    assertThat(feedback.code()).isEqualTo(2);
    assertThat(feedback.err())
        .contains("`crowd`", "simulate, dawid-skene, crowd-bt, maximal-lottery, influence, alpha");
    assertThat(Said.by(folder, "bench", "feedback", "--people", "2").code()).isEqualTo(2);
  }

  @Test
  void feedbackIsMeasuredAgainstItsLimits() {
    Said said = Said.by(folder, "bench", "feedback", "--people", "20", "--labels", "600");

    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("600 labels by 20 people", "simulate", "dawid-skene", "crowd-bt", "alpha")
        .contains("< 2.00", "< 5.00");
  }
}

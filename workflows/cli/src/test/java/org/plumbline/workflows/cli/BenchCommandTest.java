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
    assertThat(Said.by(folder, "bench").err()).contains("bench lm");
  }
}

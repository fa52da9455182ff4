// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.lm.optimiser.TrainingMemory;
import org.plumbline.workflows.cli.bench.MemoryStep;
import org.plumbline.workflows.cli.bench.Setting;
import org.plumbline.workflows.cli.command.PlumbProcess;

class MemoryIT {

  /** The estimate is promised to be right within this factor. */
  private static final double FACTOR = 1.6;

  private static final String SPEC =
      """
      plumb: v1
      name: too-large
      models:
        base: { pretrain: { preset: micro, corpus: corpus.txt, steps: 2, batch_size: 60000 } }
      policies:
        sft: { supervised: { from: base, data: demos, steps: 1 } }
      data:
        demos: { jsonl: demos.jsonl }
      """;

  @TempDir Path folder;

  @Test
  void theEstimateIsNearWhatIsMeasured() throws Exception {
    assumeThat(MemoryStep.possible()).isTrue();
    int threads = 1;
    for (String preset : Setting.PRESETS) {
      for (String family : Setting.FAMILIES) {
        Setting setting = Setting.of(preset, family);
        TrainingMemory.Load load =
            TrainingMemory.Load.of(setting.batch(), setting.context()).on(threads);
        double estimate = TrainingMemory.of(setting.config(), load).bytes() / 1e6;

        double measured = measured(preset, family, threads);

        assertThat(estimate)
            .as("%s %s on %d: measured %.0f MB", preset, family, threads, measured)
            .isBetween(measured / FACTOR, measured * FACTOR);
        threads = 3 - threads;
      }
      threads = 3 - threads; // one family on one thread, the other on two, and then the reverse
    }
  }

  private double measured(String preset, String family, int threads) throws Exception {
    return PlumbProcess.run(
            folder,
            "bench",
            "lm",
            "memory",
            "--threads=" + threads,
            "--repeats=1",
            "--format=json",
            "--preset=" + preset,
            "--family=" + family)
        .json()
        .path("figures")
        .path(0)
        .path("median")
        .asDouble();
  }

  @Test
  void aNodeThatGetsNoMemoryIsNamedWithWhatToLower() throws Exception {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    StringBuilder corpus = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      corpus.append("how do i fix the boat? please stir the tea, then wash the bike. ").append(i);
      corpus.append(" thank you, turn the wall and make the cake, or go away.\n");
    }
    Files.writeString(folder.resolve("corpus.txt"), corpus);
    Files.writeString(
        folder.resolve("demos.jsonl"), "{\"prompt\": \"a\", \"completion\": \"b\"}\n");
    Files.writeString(folder.resolve("large.plumb.yaml"), SPEC);

    // Java reserves about 3 GB; the first layer's activations need another 8 GB
    PlumbProcess.Ended ended =
        PlumbProcess.runLimited(
            folder, 5_000_000, "-Xmx512m", "run", "large.plumb.yaml", "--parallel=1");

    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err())
        .contains("error[PLB0904]", "`base`", "out of memory", "large.plumb.yaml:4")
        .contains("lower `batch_size`, now 60000")
        .doesNotContain("fault in plumb");
  }
}

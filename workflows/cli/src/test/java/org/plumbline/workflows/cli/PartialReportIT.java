// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;
import org.plumbline.workflows.cli.command.PlumbProcess.Ended;

/** A run that ends before all is there reports what is there, and says what is not. */
class PartialReportIT {

  /** Numbers that are none after the first step. */
  private static final List<String> DIVERGES =
      List.of("-D", "policies.dpo.dpo.learning_rate=1", "-D", "policies.dpo.dpo.beta=1e38");

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    TinySpec.write(folder);
  }

  @Test
  void aRunThatFailsReportsTheOtherRecipes() throws Exception {
    Ended ended = PlumbProcess.run(folder, run(DIVERGES));

    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err())
        .contains("left out of the report:  dpo: dpo@1 failed")
        .contains("report of the other 2 recipes:  " + shown());
    assertThat(Files.readString(report()))
        .containsSubsequence(
            "<b>A part</b>: the run is failed. Not compared: <b>dpo</b>: dpo@1 failed.",
            "id=\"finding\"");
  }

  @Test
  void aRunThatIsTerminatedReportsWhatItHas() throws Exception {
    Ended shorter = PlumbProcess.run(folder, run(List.of("-D", "compare.recipes=[sft, ppo]")));
    assertThat(shorter.code()).as(shorter.err()).isZero();

    PlumbProcess process =
        PlumbProcess.start(folder, run(List.of("-D", "policies.dpo.dpo.steps=100000")));
    process.awaitNarration("seed 1"); // of what is not reused: dpo
    process.terminate();
    Ended second = process.await();

    assertThat(second.code()).as(second.err()).isEqualTo(4);
    assertThat(second.err())
        .contains("left out of the report:  dpo: the run is cancelled and did not come to it")
        .contains("report of the other 2 recipes:  ");
  }

  @Test
  void tooLittleToCompareIsNoReport() throws Exception {
    Ended ended =
        PlumbProcess.run(
            folder,
            run(
                Stream.concat(DIVERGES.stream(), Stream.of("-D", "compare.recipes=[sft, dpo]"))
                    .toList()));

    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err()).doesNotContain("report of the other");
  }

  private static String[] run(List<String> more) {
    return Stream.concat(
            Stream.of("run", TinySpec.NAME, "--no-progress", "--parallel", "1"), more.stream())
        .toArray(String[]::new);
  }

  private Path report() throws Exception {
    try (Stream<Path> runs = Files.list(folder.resolve(".plumb/runs"))) {
      return runs.map(run -> run.resolve("report.html"))
          .filter(Files::exists)
          .findFirst()
          .orElseThrow();
    }
  }

  private String shown() throws Exception {
    return folder.relativize(report()).toString();
  }
}

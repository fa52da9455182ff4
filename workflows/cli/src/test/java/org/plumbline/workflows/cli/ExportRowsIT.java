// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;
import org.plumbline.workflows.cli.command.PlumbProcess.Ended;

/** Rows go out as files, and feedback comes back from them as it was. */
class ExportRowsIT {

  @TempDir Path folder;

  @Test
  void feedbackThatWasExportedIsTheSameWhenItIsRecorded() throws Exception {
    TinySpec.write(folder);
    Path spec = folder.resolve(TinySpec.NAME);
    assertThat(plumb("run", TinySpec.NAME, "-D", "policies.ppo.ppo.updates=2").code()).isZero();

    Ended pairs = plumb("export", "latest:prefs@1", "-o", "prefs.parquet");
    assertThat(pairs.out()).isEqualTo("prefs.parquet  300 rows\n");
    assertThat(plumb("export", "latest:prefs", "-o", "prefs.jsonl").code()).isZero();
    assertThat(plumb("export", "latest:prefs", "--labels", "-o", "labels.csv").code()).isZero();
    assertThat(Files.readString(folder.resolve("labels.csv")))
        .startsWith(
            "prompt,chosen,rejected,id,rater,group,shown_first,malicious,skipped,strength\n")
        .contains(",people,chosen,false,false,1.0");
    assertThat(plumb("export", "latest:prompts.held_out", "-o", "held.jsonl").code()).isZero();
    assertThat(Files.readAllLines(folder.resolve("held.jsonl"))).hasSize(8);

    Files.writeString(
        spec,
        Files.readString(spec)
            .replace("name: tiny", "name: again")
            .replace("data:\n", "data:\n  recorded: { parquet: prefs.parquet }\n")
            .replaceFirst("prefs: \\{ comparisons: .*", "prefs: { recorded: { data: recorded } }")
            .replaceFirst("evaluators:\n.*\n", ""));
    Ended again = plumb("run", TinySpec.NAME, "-D", "policies.ppo.ppo.updates=2");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(plumb("export", "latest:prefs", "-o", "again.jsonl").code()).isZero();

    assertThat(lines("again.jsonl")).isEqualTo(lines("prefs.jsonl"));
  }

  /** A policy may be called as the feedback that others learn from. */
  @Test
  void singleLabelsAreThoseOfFeedback() throws Exception {
    TinySpec.write(folder);
    Path spec = folder.resolve(TinySpec.NAME);
    Files.writeString(
        spec,
        Files.readString(spec)
            .replace("dpo: { dpo:", "prefs: { dpo:")
            .replace("[sft, ppo, dpo]", "[sft, prefs]"));
    assertThat(plumb("run", TinySpec.NAME).code()).isZero();

    for (String name : List.of("latest:prefs", "latest:prefs@1")) {
      Ended labels = plumb("export", name, "--labels", "-o", name.length() + ".jsonl");
      assertThat(labels.code()).as(labels.err()).isZero();
      assertThat(lines(name.length() + ".jsonl")).hasSize(300);
    }
    assertThat(plumb("export", "latest:prefs", "-o", "model").code()).isZero();
    assertThat(folder.resolve("model")).isDirectory();
  }

  @Test
  void mistakesAreExplained() throws Exception {
    TinySpec.write(folder);
    assertThat(plumb("run", TinySpec.NAME, "-D", "policies.ppo.ppo.updates=2").code()).isZero();

    assertThat(plumb("export", "latest:prefs", "-o", "prefs").err()).contains("--as parquet");
    assertThat(plumb("export", "latest:prefs", "-o", "demos.jsonl").err())
        .contains("`demos.jsonl` is there already");
    assertThat(plumb("export", "latest:demos", "--labels", "-o", "x.csv").err())
        .contains("has no single labels");
    assertThat(plumb("export", "latest:demos.held_out", "-o", "x.csv").err())
        .contains("`held_out` of the data set has no rows");
    assertThat(folder.resolve("x.csv")).doesNotExist();
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  private Ended plumb(String... arguments) throws IOException, InterruptedException {
    return PlumbProcess.run(folder, arguments);
  }
}

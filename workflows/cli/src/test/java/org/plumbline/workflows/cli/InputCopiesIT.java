// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;

/** What becomes of the files that a spec names does not matter to a run that has begun. */
class InputCopiesIT {

  private static final Path STORE = Path.of(".plumb");

  @TempDir private Path folder;

  /** A run that was killed in the first training: most of its files have not been read yet. */
  @BeforeEach
  void killed() throws Exception {
    TinySpec.write(folder);
    JsonNode plan =
        PlumbProcess.run(folder, "plan", TinySpec.NAME, "--format", "json").json().get("nodes");
    String base = "";
    for (JsonNode node : plan) {
      base = node.get("id").asText().equals("base@1") ? node.get("key").asText() : base;
    }
    PlumbProcess process = PlumbProcess.start(folder, "run", TinySpec.NAME, "--parallel", "1");
    process.awaitCheckpoint(folder.resolve(STORE), base, 2);
    process.kill();
  }

  private void spoilInputs() throws IOException {
    Files.delete(folder.resolve("corpus.txt"));
    Files.delete(folder.resolve("demos.jsonl"));
    Files.writeString(folder.resolve("prompts.jsonl"), "{\"prompt\": \"another\"}\n");
  }

  @Test
  void aRunGoesOnWithFilesAsTheyWere() throws Exception {
    assertThat(PlumbProcess.run(folder, "run", TinySpec.NAME, "--store", "whole").code()).isZero();
    Map<String, String> undisturbed = artifacts("whole");
    spoilInputs();

    PlumbProcess.Ended resumed = PlumbProcess.run(folder, "resume", "latest");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(artifacts(STORE.toString())).isEqualTo(undisturbed).hasSize(11);
    for (List<String> command :
        List.of(
            List.of("show", "latest"),
            List.of("show", "latest:base"),
            List.of("export", "latest:sft", "-o", "exported"),
            List.of("export", "latest:demos", "-o", "demos-again.jsonl"),
            List.of("compare", "latest", "-o", "report.html"))) {
      PlumbProcess.Ended ended = PlumbProcess.run(folder, command.toArray(String[]::new));
      assertThat(ended.code()).as(command + ended.err()).isZero();
    }
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("evaluation prompts (prompts.held_out")
        .doesNotContain("not looked at");
  }

  @Test
  void aStoreOfAVersionWithoutCopiesIsGivenThemWhenItsRunGoesOn() throws Exception {
    forgetCopies();

    PlumbProcess.Ended resumed = PlumbProcess.run(folder, "resume", "latest");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    // The data sets have been loaded before, and nothing reads them again.
    try (Stream<Path> records = Files.list(folder.resolve(STORE).resolve("inputs"))) {
      assertThat(records).hasSize(1);
    }
  }

  @Test
  void withoutCopiesAChangedFileEndsTheRunBeforeAnythingIsComputed() throws Exception {
    forgetCopies();
    spoilInputs();

    PlumbProcess.Ended gone = PlumbProcess.run(folder, "resume", "latest");
    Files.writeString(folder.resolve("corpus.txt"), "another");
    PlumbProcess.Ended changed = PlumbProcess.run(folder, "resume", "latest");

    assertThat(gone.code()).as(gone.err()).isEqualTo(1);
    assertThat(gone.err()).contains("PLB0808", "corpus.txt cannot be read any more");
    assertThat(changed.code()).as(changed.err()).isEqualTo(1);
    assertThat(changed.err()).contains("PLB0808", "corpus.txt changed since the plan was made");
    JsonNode runs = PlumbProcess.run(folder, "runs", "--format", "json").json().get("runs");
    assertThat(runs.get(0).get("status").asText()).isEqualTo("failed");
    TinySpec.write(folder);
    assertThat(PlumbProcess.run(folder, "resume", "latest").code()).isZero();
  }

  /** As if the store had been written before there were copies. */
  private void forgetCopies() throws IOException {
    StoreDamage.remove(folder.resolve(STORE).resolve("inputs"));
  }

  private Map<String, String> artifacts(String store) throws Exception {
    JsonNode run =
        PlumbProcess.run(folder, "show", "latest", "--store", store, "--format", "json").json();
    Map<String, String> artifacts = new TreeMap<>();
    run.get("nodes").forEach(n -> artifacts.put(n.get("id").asText(), n.get("artifact").asText()));
    return artifacts;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;
import org.plumbline.workflows.cli.command.PlumbProcess.Ended;

/** What a user sees when the world, or the user, gets in the way of a run. */
class DisturbedRunIT {

  /** Longer than any test: a run of it ends only if something ends it. */
  private static final List<String> LONG = List.of("-D", "models.base.pretrain.steps=1000000");

  @TempDir private Path folder;

  @BeforeEach
  void writeSpec() throws IOException {
    TinySpec.write(folder);
  }

  @Test
  void terminatedRunSavesACheckpointSaysHowToGoOnAndGoesOn() throws Exception {
    PlumbProcess process = PlumbProcess.start(folder, run(LONG));
    process.awaitCheckpoint(store(), key("base@1", LONG), 3);
    process.terminate();
    Ended ended = process.await();

    assertThat(ended.code()).as(ended.err()).isEqualTo(4);
    String id = runs().at("/runs/0/run").asText();
    assertThat(runs().at("/runs/0/status").asText()).isEqualTo("cancelled");
    assertThat(ended.err()).contains("plumb resume " + id);

    PlumbProcess again = PlumbProcess.start(folder, run(LONG));
    again.awaitNarration("from step");
    again.terminate();
    Ended second = again.await();

    assertThat(second.err()).contains("run " + id + " was cancelled; continuing it");
    assertThat(second.err()).containsPattern("base +seed 1 +start +from step \\d+");
    assertThat(runs().get("runs")).hasSize(1);
  }

  @Test
  void secondRequestToEndIsObeyedAtOnceAndCostsNoCheckpoint() throws Exception {
    // So large a batch that it cannot come to a checkpoint between the two requests.
    List<String> slow = List.of("-D", "models.base.pretrain.batch_size=4000");
    PlumbProcess process = PlumbProcess.start(folder, run(slow));
    process.awaitNarration("pretrain");
    process.terminate();
    process.awaitNarration("stopping at the next checkpoint; once more stops at once");
    process.terminate();
    Ended ended = process.await();

    assertThat(ended.code()).as(ended.err()).isEqualTo(4);
    assertThat(ended.err()).contains("stopped at once; checkpoints that are saved stay");
    assertThat(runs().at("/runs/0/status").asText()).isEqualTo("interrupted");
  }

  @Test
  void secondRunOfTheSameSpecSaysWhoIsRunningIt() throws Exception {
    PlumbProcess first = PlumbProcess.start(folder, run(LONG));
    try {
      first.awaitCheckpoint(store(), key("base@1", LONG), 1);
      Ended second = PlumbProcess.run(folder, run(LONG));
      Ended resume = PlumbProcess.run(folder, "resume", "latest");

      assertThat(second.code()).isEqualTo(2);
      assertThat(second.err()).contains("process " + first.pid()).contains("since");
      assertThat(resume.code()).isEqualTo(2);
      assertThat(resume.err()).contains("process " + first.pid());
    } finally {
      first.kill();
    }
  }

  @Test
  void damagedArtifactIsFoundNamedAndComputedAgain() throws Exception {
    String[] shortly = run(List.of("-D", "compare.recipes=[sft]"));
    Ended first = PlumbProcess.run(folder, shortly);
    assertThat(first.code()).as(first.err()).isZero();
    JsonNode before = show();
    String digest = artifact(before, "base@1");
    damage(digest);

    Ended second = PlumbProcess.run(folder, shortly);

    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.err()).contains(digest).contains("damaged");
    JsonNode after = show();
    assertThat(artifact(after, "base@1")).isEqualTo(digest);
    for (JsonNode node : after.get("nodes")) {
      String expected = node.get("id").asText().equals("base@1") ? "run" : "reuse";
      assertThat(node.get("action").asText()).as(node.get("id").asText()).isEqualTo(expected);
    }
  }

  private void damage(String digest) throws IOException {
    Path victim;
    try (Stream<Path> files = Files.walk(store().resolve("artifacts"))) {
      victim =
          files
              .filter(f -> f.toString().contains(digest.substring(2)) && Files.isRegularFile(f))
              .max(Comparator.comparingLong(f -> f.toFile().length()))
              .orElseThrow();
    }
    victim.toFile().setWritable(true);
    byte[] bytes = Files.readAllBytes(victim);
    bytes[bytes.length / 2] ^= 1;
    Files.write(victim, bytes, StandardOpenOption.TRUNCATE_EXISTING);
  }

  @Test
  void lossThatIsNoNumberFailsTheNodeAndPointsToTheSetting() throws Exception {
    String[] absurd =
        run(
            List.of(
                "-D", "policies.dpo.dpo.learning_rate=1",
                "-D", "policies.dpo.dpo.beta=1e38",
                "-D", "compare.recipes=[sft, dpo]"));

    Ended ended = PlumbProcess.run(folder, absurd);

    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    assertThat(ended.err())
        .contains("error[PLB0902]")
        .contains("node `dpo`, seed 1, failed")
        .containsPattern("step \\d+")
        .contains(TinySpec.NAME + ":")
        .contains("plumb resume");
    assertThat(runs().at("/runs/0/status").asText()).isEqualTo("failed");
    JsonNode nodes = show().get("nodes");
    assertThat(nodes).hasSize(9);
    assertThat(artifact(show(), "evaluate.sft@1")).hasSize(64);
  }

  @Test
  void storeOfANewerVersionIsLeftAlone() throws Exception {
    Files.createDirectories(store());
    Files.writeString(store().resolve("format"), "99\n");

    Ended ended = PlumbProcess.run(folder, run(List.of()));

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("format 99").contains("newer version");
    try (Stream<Path> files = Files.list(store())) {
      assertThat(files).hasSize(1);
    }
  }

  private static String[] run(List<String> settings) {
    return Stream.concat(Stream.of("run", TinySpec.NAME, "--parallel", "1"), settings.stream())
        .toArray(String[]::new);
  }

  private Path store() {
    return folder.resolve(".plumb");
  }

  private String key(String id, List<String> settings) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of("plan", TinySpec.NAME, "--format", "json"), settings.stream())
            .toList();
    JsonNode plan = PlumbProcess.run(folder, command.toArray(String[]::new)).json();
    for (JsonNode node : plan.get("nodes")) {
      if (node.get("id").asText().equals(id)) {
        return node.get("key").asText();
      }
    }
    throw new AssertionError("no node " + id + " in " + plan);
  }

  private JsonNode runs() throws IOException, InterruptedException {
    return PlumbProcess.run(folder, "runs", "--format", "json").json();
  }

  private JsonNode show() throws IOException, InterruptedException {
    return PlumbProcess.run(folder, "show", "latest", "--format", "json").json();
  }

  private static String artifact(JsonNode run, String id) {
    for (JsonNode node : run.get("nodes")) {
      if (node.get("id").asText().equals(id)) {
        return node.get("artifact").asText();
      }
    }
    throw new AssertionError("no node " + id + " in " + run);
  }
}

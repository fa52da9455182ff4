// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;

/** A run that is killed again and again comes to the very bytes of one that was not. */
class KillResumeIT {

  /** The nodes in whose middle it is killed, in the order in which they are computed. */
  private static final List<String> KILLED = List.of("base@1", "prefs@1", "rm@1", "dpo@1", "ppo@1");

  @TempDir private Path folder;

  @Test
  void killedInEveryKindOfStageTheRunGoesOnAndGivesTheSameBytes() throws Exception {
    TinySpec.write(folder);
    Map<String, String> keys = keys();
    Path store = folder.resolve("killed");
    String[] command = {"run", TinySpec.NAME, "--store", "killed", "--parallel", "1"};

    for (String node : KILLED) {
      PlumbProcess process = PlumbProcess.start(folder, command);
      process.awaitCheckpoint(store, keys.getOrDefault(node, "?"), 2);
      process.kill();
      String status =
          PlumbProcess.run(folder, "runs", "--store", "killed", "--format", "json")
              .json()
              .at("/runs/0/status")
              .asText();
      assertThat(status).as("after the kill in " + node).isEqualTo("interrupted");
      command = new String[] {"resume", "latest", "--store", "killed", "--parallel", "1"};
    }
    PlumbProcess.Ended resumed = PlumbProcess.run(folder, command);
    PlumbProcess.Ended whole =
        PlumbProcess.run(folder, "run", TinySpec.NAME, "--store", "whole", "--parallel", "1");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(whole.code()).as(whole.err()).isZero();
    JsonNode killed = show("killed");
    JsonNode undisturbed = show("whole");
    assertThat(artifacts(killed)).isEqualTo(artifacts(undisturbed)).hasSize(11);
    assertThat(killed.get("interruptions").asInt()).isEqualTo(KILLED.size());
    for (JsonNode node : killed.get("nodes")) {
      String id = node.get("id").asText();
      assertThat(node.get("action").asText()).as(id).isEqualTo("run");
      assertThat(!node.get("resumedFrom").isNull()).as(id).isEqualTo(KILLED.contains(id));
    }
  }

  /** A chat model in miniature, of which adapters are trained. */
  @Test
  void killedInEveryTrainingOfAnAdapterTheRunGivesTheSameBytes() throws Exception {
    TinySpec.writeAdapted(folder);

    killedGivesTheSameBytes(List.of("sft@1", "rm@1", "dpo@1", "ppo@1"), 11);
  }

  /** Three kinds of feedback, a reward that is fitted to all, and a policy that people score. */
  @Test
  void killedWhilePeopleAreAskedTheRunGivesTheSameBytesAndPaysNobodyTwice() throws Exception {
    TinySpec.writeKinds(folder);

    killedGivesTheSameBytes(List.of("said@1", "ranked@1", "stars@1", "rm@1", "ppo@1"), 14);
  }

  private void killedGivesTheSameBytes(List<String> nodes, int all) throws Exception {
    Map<String, String> keys = keys();
    String[] command = {"run", TinySpec.NAME, "--store", "killed", "--parallel", "1"};
    List<String> left = new ArrayList<>(nodes);
    while (!left.isEmpty()) {
      PlumbProcess process = PlumbProcess.start(folder, command);
      left.remove(process.awaitCheckpoint(folder.resolve("killed"), keys, left));
      process.kill();
      command = new String[] {"resume", "latest", "--store", "killed", "--parallel", "1"};
    }
    PlumbProcess.Ended resumed = PlumbProcess.run(folder, command);
    PlumbProcess.Ended whole =
        PlumbProcess.run(folder, "run", TinySpec.NAME, "--store", "whole", "--parallel", "1");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(whole.code()).as(whole.err()).isZero();
    JsonNode killed = show("killed");
    assertThat(artifacts(killed)).isEqualTo(artifacts(show("whole"))).hasSize(all);
    assertThat(killed.get("interruptions").asInt()).isEqualTo(nodes.size());
  }

  private Map<String, String> keys() throws IOException, InterruptedException {
    Map<String, String> keys = new HashMap<>();
    JsonNode plan = PlumbProcess.run(folder, "plan", TinySpec.NAME, "--format", "json").json();
    plan.get("nodes").forEach(n -> keys.put(n.get("id").asText(), n.get("key").asText()));
    return keys;
  }

  private JsonNode show(String store) throws IOException, InterruptedException {
    return PlumbProcess.run(folder, "show", "latest", "--store", store, "--format", "json").json();
  }

  private static Map<String, String> artifacts(JsonNode run) {
    Map<String, String> artifacts = new TreeMap<>();
    run.get("nodes").forEach(n -> artifacts.put(n.get("id").asText(), n.get("artifact").asText()));
    return artifacts;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;
import org.plumbline.workflows.temporal.LoopbackServer;

/** A run that a server conducts outlives whoever started it and whoever computes it. */
class RunOnServerIT {

  /**
   * A checkpoint at every step, and a server that would wait for ever for a worker that it knew.
   */
  private static final Map<String, String> VARIABLES =
      Map.of("PLUMB_JAVA_OPTS", "-Dplumb.checkpoint.millis=0 -Dplumb.sticky.millis=0");

  @TempDir private Path folder;

  @Test
  void workersAreKilledAndDrainedAndTheRunGivesTheSameBytes() throws Exception {
    TinySpec.write(folder);
    Map<String, String> keys = keys();
    Path store = folder.resolve("served");
    try (LoopbackServer server = LoopbackServer.start()) {
      PlumbProcess.Ended submitted =
          start("run", TinySpec.NAME, "--temporal", server.address(), "--detach").await();
      assertThat(submitted.code()).as(submitted.err()).isZero();
      assertThat(plumb("runs", "--format", "json").json().at("/runs/0/status").asText())
          .isEqualTo("running");

      PlumbProcess drained =
          start("worker", "--temporal", server.address(), "--slots", "1", "--log-format", "json");
      drained.awaitCheckpoint(store, keys.getOrDefault("base@1", "?"), 2);
      drained.terminate();
      PlumbProcess.Ended left = drained.await();
      assertThat(left.code()).as(left.err()).isZero();
      List<JsonNode> log = lines(left.out());
      assertThat(log.get(log.size() - 1).get("text").asText())
          .isEqualTo("everything is handed back");
      assertThat(log)
          .allSatisfy(line -> assertThat(Instant.parse(line.get("time").asText())).isNotNull())
          .anySatisfy(
              line -> {
                assertThat(line.path("level").asText()).isEqualTo("info");
                assertThat(line.path("run").asText()).hasSize(4);
                assertThat(line.path("node").asText()).isEqualTo("base@1");
                assertThat(line.path("attempt").asInt()).isEqualTo(1);
                assertThat(line.path("event").asText()).isEqualTo("back");
              });

      PlumbProcess killed = worker(server);
      killed.awaitCheckpoint(store, keys.getOrDefault("ppo@1", "?"), 2);
      JsonNode underWay = plumb("show", "latest:ppo", "--format", "json").json();
      killed.kill();
      assertThat(underWay.at("/checkpoint/step").asInt()).isPositive();
      assertThat(Instant.parse(underWay.get("heartbeat").asText())).isNotNull();
      assertThat(underWay.at("/attempts/0/by").asText()).contains("process " + killed.pid());
      PlumbProcess last = worker(server);
      PlumbProcess.Ended watched = start("watch", "latest").await();
      last.terminate();

      assertThat(watched.code()).as(watched.err()).isZero();
      assertThat(last.await().code()).isZero();
    }
    PlumbProcess.Ended whole =
        PlumbProcess.run(folder, "run", TinySpec.NAME, "--store", "whole", "--parallel", "1");
    assertThat(whole.code()).as(whole.err()).isZero();
    JsonNode served = show("served");
    assertThat(served.get("status").asText()).isEqualTo("finished");
    assertThat(artifacts(served)).isEqualTo(artifacts(show("whole"))).hasSize(11);
    for (JsonNode node : served.get("nodes")) {
      String id = node.get("id").asText();
      assertThat(node.get("action").asText()).as(id).isEqualTo("run");
      boolean disturbed = List.of("base@1", "ppo@1").contains(id);
      assertThat(!node.get("resumedFrom").isNull()).as(id).isEqualTo(disturbed);
    }
  }

  @Test
  void aRunThatAServerConductsIsNotRunTwiceAndCanBeTakenBack() throws Exception {
    TinySpec.write(folder);
    try (LoopbackServer server = LoopbackServer.start()) {
      start("run", TinySpec.NAME, "--temporal", server.address(), "--detach").await();

      PlumbProcess.Ended again = start("run", TinySpec.NAME).await();
      PlumbProcess.Ended same =
          start("run", TinySpec.NAME, "--temporal", server.address(), "--detach").await();
      PlumbProcess.Ended otherwise =
          start("resume", "latest", "--temporal", server.address(), "--device", "cuda:7").await();
      PlumbProcess.Ended here = start("resume", "latest", "--here").await();

      assertThat(again.code()).isEqualTo(2);
      assertThat(again.err()).contains("is already running", "`plumb watch ", "`plumb cancel ");
      assertThat(otherwise.code()).isEqualTo(2);
      assertThat(otherwise.err()).contains("was planned for another version or device");
      assertThat(same.code()).as(same.err()).isZero();
      assertThat(same.out() + same.err()).contains("under way there");
      assertThat(here.code()).as(here.err()).isZero();
      assertThat(show("served").get("status").asText()).isEqualTo("finished");
    }
  }

  @Test
  void withoutAServerNothingIsBegun() throws Exception {
    TinySpec.write(folder);

    PlumbProcess.Ended refused =
        start("run", TinySpec.NAME, "--temporal", "127.0.0.1:1", "--detach").await();
    PlumbProcess.Ended noAddress = start("run", "--temporal", TinySpec.NAME).await();

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("no Temporal server answers at 127.0.0.1:1");
    assertThat(noAddress.code()).isEqualTo(2);
    assertThat(folder.resolve("served")).doesNotExist();
  }

  private static List<JsonNode> lines(String out) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.split("\n", -1)) {
      if (!line.isEmpty()) {
        lines.add(new ObjectMapper().readTree(line));
      }
    }
    return lines;
  }

  private PlumbProcess worker(LoopbackServer server) throws IOException {
    return start("worker", "--temporal", server.address(), "--slots", "1");
  }

  private PlumbProcess start(String... command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--store", "served"));
    return PlumbProcess.start(VARIABLES, folder, arguments);
  }

  private PlumbProcess.Ended plumb(String... command) throws IOException, InterruptedException {
    return start(command).await();
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

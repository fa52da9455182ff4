// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.dsl.model.policy.PolicySpec;
import org.plumbline.dsl.model.shape.Shape;
import org.plumbline.dsl.model.shape.Type;
import org.plumbline.workflows.cli.command.PlumbProcess;

/**
 * One run of every policy method, killed three times in each: the first process works until the
 * first kill, every later one from there to the next.
 */
@Tag("oracle")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class EveryMethodKilledIT {
  /** Eighths of the way of a node at which it is killed; what is left keeps it from being done. */
  private static final List<Integer> EIGHTHS = List.of(1, 3, 5);

  private static final int FEWEST_STEPS = 6;
  private static final long POLL_MILLIS = 2;

  @TempDir private Path folder;

  private final Map<String, String> keys = new LinkedHashMap<>();

  @Test
  void killedThreeTimesInEveryMethodTheRunGivesTheSameBytes() throws Exception {
    MethodsSpec.write(folder);
    readKeys();
    Map<String, String> nodes = nodesOfMethods();
    long begun = System.nanoTime();
    Map<String, Long> ways = undisturbed(nodes);
    Map<String, List<Long>> points = new TreeMap<>();
    ways.forEach(
        (node, way) -> points.put(node, EIGHTHS.stream().map(e -> (e * way + 7) / 8).toList()));
    long undisturbed = System.nanoTime();

    Map<String, Long> killedAt = killed(points);

    StoreFiles store = store("killed");
    JsonNode shown = show("killed");
    int kills = points.size() * EIGHTHS.size();
    assertThat(Undisturbed.artifacts(shown)).isEqualTo(Undisturbed.artifacts(show("whole")));
    assertThat(shown.get("interruptions").asInt()).isEqualTo(kills);
    Map<String, Long> starts =
        store.starts().stream()
            .collect(Collectors.groupingBy(StoreFiles.Start::node, Collectors.counting()));
    for (JsonNode node : shown.get("nodes")) {
      String id = node.get("id").asText();
      boolean hit = points.containsKey(id);
      assertThat(starts.get(id)).as("starts of " + id).isEqualTo(hit ? 1L + EIGHTHS.size() : 1L);
      assertThat(node.get("resumedFrom").asLong(0))
          .as(id + " goes on from where it was killed")
          .isGreaterThanOrEqualTo(killedAt.getOrDefault(id, 0L));
    }
    System.out.printf(
        "%d methods, %d kills, %d artifacts with the undisturbed digests; %.0f s undisturbed, %.0f"
            + " s killed%n",
        nodes.size(),
        kills,
        keys.size(),
        (undisturbed - begun) / 1e9,
        (System.nanoTime() - undisturbed) / 1e9);
  }

  private void readKeys() throws IOException, InterruptedException {
    JsonNode plan = PlumbProcess.run(folder, "plan", MethodsSpec.NAME, "--format", "json").json();
    plan.get("nodes").forEach(n -> keys.put(n.get("id").asText(), n.get("key").asText()));
  }

  /** The node in whose middle each method of the language is killed. */
  private Map<String, String> nodesOfMethods() {
    Map<String, String> nodes = new TreeMap<>();
    for (Shape kind : ((Type.OneKind) Shape.typeOf(PolicySpec.class)).kinds()) {
      if (!kind.later()) {
        String method = kind.kind();
        String drawing = "of-" + method + "@1";
        nodes.put(method, keys.containsKey(drawing) ? drawing : method + "@1");
      }
    }
    assertThat(keys.keySet())
        .as("MethodsSpec has a policy of every method, which bears its name")
        .containsAll(nodes.values())
        .containsAll(nodes.keySet().stream().map(method -> method + "@1").toList());
    return nodes;
  }

  /** How far the checkpoints of each of these nodes reach. */
  private Map<String, Long> undisturbed(Map<String, String> nodes)
      throws IOException, InterruptedException {
    StoreFiles store = store("whole");
    Map<String, Long> ways = new HashMap<>();
    PlumbProcess process =
        PlumbProcess.start(folder, "run", MethodsSpec.NAME, "--store", "whole", "--parallel", "1");
    while (process.isAlive()) {
      for (String node : nodes.values()) {
        ways.merge(node, store.checkpoint(key(node)), Math::max);
      }
      Thread.sleep(POLL_MILLIS);
    }
    PlumbProcess.Ended ended = process.await();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ways)
        .as("all take steps enough to be killed between")
        .allSatisfy((node, way) -> assertThat(way).as(node).isGreaterThanOrEqualTo(FEWEST_STEPS));
    return ways;
  }

  /** Goes on until there is no point left; says at what step each node was killed last. */
  private Map<String, Long> killed(Map<String, List<Long>> points)
      throws IOException, InterruptedException {
    StoreFiles store = store("killed");
    Map<String, List<Long>> left = new TreeMap<>();
    points.forEach((node, steps) -> left.put(node, new ArrayList<>(steps)));
    Map<String, Long> killedAt = new HashMap<>();
    String[] command = {"run", MethodsSpec.NAME, "--store", "killed", "--parallel", "1"};
    while (!left.isEmpty()) {
      PlumbProcess process = PlumbProcess.start(folder, command);
      String node = awaitPoint(process, left, killedAt);
      process.kill();

      assertThat(store.finished(key(node))).as(node + " had finished").isFalse();
      assertThat(store.starts())
          .as(node + " had begun in the process that was killed")
          .anyMatch(
              start ->
                  start.node().equals(node)
                      && start.by().contains("process " + process.pid() + " "));
      killedAt.put(node, store.checkpoint(key(node)));
      List<Long> steps = Objects.requireNonNull(left.get(node));
      steps.remove(0);
      if (steps.isEmpty()) {
        left.remove(node);
      }
      command = new String[] {"resume", "latest", "--store", "killed", "--parallel", "1"};
    }
    PlumbProcess.Ended ended = PlumbProcess.run(folder, command);
    assertThat(ended.code()).as(ended.err()).isZero();
    return killedAt;
  }

  /** The node that has come to its next point, and further than it was when it was killed. */
  private String awaitPoint(
      PlumbProcess process, Map<String, List<Long>> left, Map<String, Long> killedAt)
      throws IOException, InterruptedException {
    StoreFiles store = store("killed");
    while (process.isAlive()) {
      for (Map.Entry<String, List<Long>> point : left.entrySet()) {
        String node = point.getKey();
        long step = Math.max(point.getValue().get(0), killedAt.getOrDefault(node, 0L) + 1);
        if (store.checkpoint(key(node)) >= step) {
          return node;
        }
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new AssertionError("it ended before these points: " + left + "\n" + process.narration());
  }

  private String key(String node) {
    @Nullable String key = keys.get(node);
    return Objects.requireNonNull(key, node);
  }

  private StoreFiles store(String name) {
    return new StoreFiles(name, folder.resolve(name), false);
  }

  private JsonNode show(String store) throws IOException, InterruptedException {
    return PlumbProcess.run(folder, "show", "latest", "--store", store, "--format", "json").json();
  }
}

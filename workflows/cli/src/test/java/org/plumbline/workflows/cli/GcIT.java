// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;

/** What no run needs is removed, and what is kept needs nothing computed again. */
class GcIT {
  private static final String OTHER = "policies.dpo.dpo.beta=0.3";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    TinySpec.write(folder);
  }

  private PlumbProcess.Ended plumb(String... arguments) throws IOException, InterruptedException {
    return PlumbProcess.run(folder, arguments);
  }

  private Said gc(String... more) {
    List<String> arguments = new ArrayList<>(List.of("gc"));
    arguments.addAll(List.of(more));
    return Said.by(folder, arguments.toArray(String[]::new));
  }

  private static Map<String, String> nodes(JsonNode run, String field) {
    Map<String, String> found = new TreeMap<>();
    run.get("nodes").forEach(node -> found.put(node.get("id").asText(), node.get(field).asText()));
    return found;
  }

  private JsonNode show(String run) throws IOException, InterruptedException {
    return plumb("show", run, "--format", "json").json();
  }

  @Test
  void aRunGoesAndTheOtherNeedsNothingAgain() throws Exception {
    plumb("run", TinySpec.NAME);
    String old = show("latest").get("run").asText();
    assertThat(plumb("run", TinySpec.NAME, "-D", OTHER).code()).isZero();
    JsonNode kept = show("latest");
    String run = kept.get("run").asText();

    Said nothing = gc();
    Said wrong = gc("--keep", "latset");
    JsonNode dry = gc("--keep", "latest", "--dry-run", "--format", "json").json();
    Said shown = gc("--keep", run, "--dry-run");
    assertThat(gc("--dry-run").out()).contains("nothing to remove");
    Said removed = gc("--keep", run, "--format", "json");

    assertThat(nothing.code()).isZero();
    assertThat(nothing.out()).contains("nothing to remove", "2 runs kept");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("`--keep latset` names no run; nothing is removed");
    assertThat(shown.out())
        .contains("would remove run " + old, "node record", "dpo@1 of run " + old)
        .contains("and free", "1 run would stay");
    JsonNode done = removed.json();
    assertThat(done.get("items")).isEqualTo(dry.get("items"));
    assertThat(done.get("bytes").asLong()).isPositive();
    assertThat(done.get("dryRun").asBoolean()).isFalse();
    assertThat(done.at("/removed/0/run").asText()).isEqualTo(old);

    assertThat(show("latest")).isEqualTo(kept);
    assertThat(plumb("runs", "--format", "json").json().get("runs")).hasSize(1);
    assertThat(plumb("compare", run, "-o", "report.html").code()).isZero();
    assertThat(plumb("resume", run).out()).contains("nothing to do");
    plumb("run", TinySpec.NAME, "-D", OTHER);
    assertThat(nodes(show("latest"), "action").values()).containsOnly("reuse");
    plumb("run", TinySpec.NAME);
    Map<String, String> again = nodes(show("latest"), "action");
    assertThat(again.get("dpo@1")).isEqualTo("run");
    assertThat(again.get("base@1")).isEqualTo("reuse");
  }

  @Test
  void whileARunIsUnderWayCollectionsHarmNothing() throws Exception {
    assertThat(plumb("run", TinySpec.NAME, "--store", "whole").code()).isZero();
    plumb("run", TinySpec.NAME, "-D", OTHER, "-D", "compare.recipes=[sft, dpo]");

    PlumbProcess running = PlumbProcess.start(folder, "run", TinySpec.NAME);
    int collections = 0;
    int removed = 0;
    while (running.isAlive()) {
      JsonNode collected = gc("--keep", "latest", "--grace", "0h", "--format", "json").json();
      removed += collected.get("items").size();
      collections++;
      Thread.sleep(50);
    }
    PlumbProcess.Ended ended = running.await();

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(collections).isGreaterThan(5);
    assertThat(removed).isPositive();
    JsonNode whole = plumb("show", "latest", "--store", "whole", "--format", "json").json();
    assertThat(nodes(show("latest"), "artifact")).isEqualTo(nodes(whole, "artifact"));
  }

  @Test
  @Tag("oracle") // `FolderGarbageIT` dies before every single step
  void oneThatIsKilledIsNoObstacle() throws Exception {
    plumb("run", TinySpec.NAME);
    Path sign = folder.resolve(".plumb/locks/gc.json");
    Said first = gc();
    assertThat(first.code()).isZero();
    Files.writeString(
        sign, Files.readString(sign).replace("\"ended\" : true", "\"ended\" : false"));

    Said second = gc();
    PlumbProcess.Ended run = plumb("run", TinySpec.NAME, "-D", OTHER);

    assertThat(second.code()).isZero();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("waiting for `plumb gc`");
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    Said none = gc();
    Said grace = gc("--grace", "soon");

    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("there is no store here");
    assertThat(grace.code()).isEqualTo(2);
    assertThat(grace.err()).contains("`--grace` is no age: `soon`");
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }
}

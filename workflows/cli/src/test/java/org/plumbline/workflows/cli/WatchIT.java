// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;

/** A run that a process conducts is followed and stopped from another terminal. */
class WatchIT {
  private static final String[] LONG = {"-D", "policies.ppo.ppo.updates=3000"};

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    TinySpec.write(folder);
  }

  private PlumbProcess run(String... more) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("run", TinySpec.NAME));
    arguments.addAll(List.of(more));
    PlumbProcess run = PlumbProcess.start(folder, arguments.toArray(String[]::new));
    run.awaitNarration("start"); // then it is in the store
    return run;
  }

  @Test
  void whoLooksOnSeesTheNodesAndTheEnd() throws Exception {
    PlumbProcess run = run();
    PlumbProcess events = PlumbProcess.start(folder, "watch", "latest", "--format", "json");
    PlumbProcess watching = PlumbProcess.start(folder, "watch", "latest");

    PlumbProcess.Ended ran = run.await();
    PlumbProcess.Ended watched = watching.await();
    PlumbProcess.Ended heard = events.await();

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(watched.code()).as(watched.err()).isZero();
    assertThat(watched.err()).contains("conducted by process " + run.pid(), "start", "done");
    assertThat(watched.out()).isEqualTo(ran.out());
    List<String> done = new ArrayList<>();
    JsonNode last = MissingNode.getInstance();
    for (String line : heard.out().lines().toList()) {
      last = new ObjectMapper().readTree(line);
      if (last.get("event").asText().equals("done")) {
        done.add(last.get("node").asText());
      }
    }
    assertThat(done).doesNotHaveDuplicates().contains("ppo@1", "evaluate.ppo@1");
    assertThat(last.path("event").asText()).isEqualTo("ended");
    assertThat(last.path("status").asText()).isEqualTo("finished");

    PlumbProcess.Ended after = PlumbProcess.run(folder, "watch", "latest");
    assertThat(after.code()).isZero();
    assertThat(after.out()).isEqualTo(ran.out());
  }

  @Test
  void whoseProcessIsKilledIsSaidToBeConductedByNobody() throws Exception {
    PlumbProcess run = run(LONG);
    PlumbProcess watching = PlumbProcess.start(folder, "watch", "latest");
    watching.awaitNarration("conducted by process");

    run.kill();
    PlumbProcess.Ended watched = watching.await();

    assertThat(watched.code()).isEqualTo(1);
    assertThat(watched.err()).contains("interrupted", "nobody conducts it", "`plumb resume ");
  }

  @Test
  void aRunIsStoppedFromAnotherTerminal() throws Exception {
    PlumbProcess run = run(LONG);
    PlumbProcess watching = PlumbProcess.start(folder, "watch", "latest");
    watching.awaitNarration("conducted by process");

    PlumbProcess.Ended cancelled = PlumbProcess.run(folder, "cancel", "latest");

    assertThat(cancelled.code()).as(cancelled.err()).isZero();
    assertThat(run.await().code()).isEqualTo(4);
    PlumbProcess.Ended watched = watching.await();
    assertThat(watched.code()).isEqualTo(4);
    assertThat(watched.err()).contains("cancelled", "`plumb resume ");
    assertThat(PlumbProcess.run(folder, "cancel", "latest").err()).contains("is not under way");
  }

  @Test
  void whoHasSeenEnoughLeavesTheRunToGoOn() throws Exception {
    PlumbProcess run = run(LONG);
    PlumbProcess watching = PlumbProcess.start(folder, "watch", "latest");
    watching.awaitNarration("conducted by process");
    Thread.sleep(500);

    watching.terminate();
    PlumbProcess.Ended left = watching.await();

    assertThat(left.code()).as(left.err()).isZero();
    assertThat(left.err()).contains("goes on without me");
    assertThat(run.isAlive()).isTrue();
    run.kill();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.record.StoreFailure;
import org.plumbline.engine.store.record.Timestamps;

class RunsTest {
  private static final PlanNode NODE = Nodes.counting("node", 2);
  private static final Plan PLAN = Nodes.plan("x", NODE);

  @TempDir Path temp;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(temp.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static NodeOutcome outcome(String action) {
    return new NodeOutcome(
        "node@1", NODE.key(), action, "ab", 1, 2, null, "2026-01-01T00:00:00Z", null);
  }

  @Test
  void aRunIsWrittenDownWhileItRunsAndWhenItHasEnded() {
    ActiveRun run = store.runs().start(Nodes.start(PLAN));
    assertThat(store.runs().read(run.id()).status()).isEqualTo(RunStatus.RUNNING);

    run.outcome(outcome("run"));
    run.event("note", Map.of("text", "71 % agree"));
    run.end(RunStatus.FINISHED, null);

    RunRecord record = store.runs().read(run.id());
    assertThat(run.id()).matches("[0-9a-f]{4,}");
    assertThat(record.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(record).isEqualTo(run.record());
    assertThat(record.ended()).isNotNull();
    assertThat(record.provenance()).isEqualTo(Nodes.PROVENANCE);
    assertThat(store.runs().plan(run.id())).isEqualTo(PLAN);
    assertThat(store.runs().outcomes(run.id())).containsEntry("node@1", outcome("run"));
    assertThat(store.runs().events(run.id())).singleElement().asString().contains("71 % agree");
  }

  @Test
  void aSecondRunOfTheSameExperimentIsToldWhoRuns() {
    try (ActiveRun run = store.runs().start(Nodes.start(PLAN))) {
      StoreFailure failure =
          catchThrowableOfType(StoreFailure.class, () -> store.runs().start(Nodes.start(PLAN)));

      assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.BUSY);
      assertThat(failure)
          .hasMessageContaining("run " + run.id())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(store.runs().owner("x").orElseThrow().run()).isEqualTo(run.id());
    }
    assertThat(store.runs().owner("x")).isEmpty();
  }

  @Test
  void anotherExperimentMayRunAtTheSameTime() {
    try (ActiveRun one = store.runs().start(Nodes.start(PLAN));
        ActiveRun two = store.runs().start(Nodes.start(Nodes.plan("y", NODE)))) {
      assertThat(store.runs().list())
          .extracting(RunRecord::id)
          .containsExactlyInAnyOrder(one.id(), two.id());
    }
  }

  @Test
  void aRunWhoseProcessIsGoneIsInterruptedAndCanBeResumed() {
    ActiveRun run = store.runs().start(Nodes.start(PLAN));
    run.outcome(outcome("run"));
    run.close(); // without an end, as when the process dies
    assertThat(store.runs().read(run.id()).status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(store.runs().read(run.id()).ended()).isNotNull();

    ActiveRun resumed = store.runs().resume(run.id());
    resumed.outcome(outcome("reuse"));
    resumed.end(RunStatus.FINISHED, null);

    RunRecord record = store.runs().read(run.id());
    assertThat(record.interruptions()).isEqualTo(1);
    assertThat(record.sessions()).extracting(RunRecord.Session::clean).containsExactly(false, true);
    assertThat(store.runs().outcomes(run.id())).containsEntry("node@1", outcome("run"));
  }

  @Test
  void aLineThatAProcessDiedInIsPassedOverAndCostsNoOther() throws IOException {
    ActiveRun run = store.runs().start(Nodes.start(PLAN));
    run.event("first", Map.of());
    run.outcome(outcome("run"));
    run.close();
    for (String file : List.of(RunFolder.EVENTS, RunFolder.NODES)) {
      Files.writeString(
          Path.of(run.where(file)), "{\"node\":\"x\",\"a\":{}", StandardOpenOption.APPEND);
    }

    try (ActiveRun resumed = store.runs().resume(run.id())) {
      resumed.event("second", Map.of());
    }

    assertThat(store.runs().events(run.id())).hasSize(2);
    assertThat(store.runs().outcomes(run.id())).containsOnlyKeys("node@1");
  }

  @Test
  void runsAreListedNewestFirstAndFoundByTheBeginningOfTheirNames() throws Exception {
    ActiveRun one = store.runs().start(Nodes.start(PLAN));
    one.end(RunStatus.CANCELLED, null);
    while (Timestamps.now().equals(one.record().started())) {
      Thread.onSpinWait(); // two runs of the same millisecond have no order
    }
    ActiveRun two = store.runs().start(Nodes.start(PLAN));
    two.end(RunStatus.FAILED, "loss became NaN");

    assertThat(store.runs().list()).extracting(RunRecord::id).containsExactly(two.id(), one.id());
    assertThat(store.runs().newestOf("x").orElseThrow().message()).isEqualTo("loss became NaN");
    assertThat(store.runs().read(two.id().substring(0, 4)).id())
        .startsWith(two.id().substring(0, 4));
    assertThat(catchThrowableOfType(StoreFailure.class, () -> store.runs().read("zz")).kind())
        .isEqualTo(StoreFailure.Kind.NO_SUCH_RUN);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.Decision;
import org.plumbline.engine.plan.Decisions;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.plan.Reason;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.runs.ActiveRun;

class StoreHistoryTest {
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

  @Test
  void decisionsAreMadeFromTheStore() throws IOException {
    NodeOutcome done;
    try (ActiveRun run = store.runs().start(Nodes.start(PLAN))) {
      done =
          Runners.runner(store)
              .run(NODE, new Counting(), Runners.task(run.id()), NodeListener.SILENT);
    }
    PlanNode longer = Nodes.counting("node", 3);

    Decisions same = Decisions.of(PLAN, store.history());
    Decisions other = Decisions.of(Nodes.plan("x", longer), store.history());
    Decisions elsewhere = Decisions.of(Nodes.plan("y", longer), store.history());

    assertThat(same.choices().get(0).decision())
        .isEqualTo(
            new Decision.Reuse(store.runs().list().get(0).id(), String.valueOf(done.artifact())));
    assertThat(other.choices().get(0).reasons())
        .containsExactly(new Reason.ParamChanged("steps", "2", "3"));
    assertThat(elsewhere.choices().get(0).reasons()).isEqualTo(other.choices().get(0).reasons());

    Files.writeString(store.result(NODE.key()).orElseThrow().file("sum.txt"), "9999");
    assertThat(Decisions.of(PLAN, store.history()).choices().get(0).reasons())
        .containsExactly(new Reason.Corrupt(String.valueOf(done.artifact())));
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;

class KeptAnswersTest {
  private static final PlanNode NODE = Nodes.counting("node", 10);

  @TempDir private Path temp;

  /** Asks four questions, and fails or ends after that. */
  private static final class Asking implements Stage {
    private final List<String> asked = new ArrayList<>();
    private boolean fails = true;

    @Override
    public String operation() {
      return "ask";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void run(StageContext context) throws IOException {
      for (String question : List.of("a", "b", "c", "d")) {
        if (context.answers().find(question).isEmpty()) {
          asked.add(question);
          context.answers().keep(question, "yes");
        }
      }
      if (fails) {
        throw new Unreachable("PLB0906", "no answer", "wait");
      }
      Files.writeString(context.output().resolve("answer.txt"), "yes");
    }
  }

  @Test
  void aNodeThatFailsAsksNothingTwiceAndOneThatEndsLeavesNothingBehind() {
    try (Store store = Store.open(temp.resolve("store"))) {
      NodeRunner runner = Runners.runner(store);
      Asking stage = new Asking();
      assertThatThrownBy(() -> run(runner, stage, Runners.task("aaaa")))
          .isInstanceOf(Unreachable.class);
      stage.fails = false;

      run(runner, stage, Runners.task("bbbb"));

      assertThat(stage.asked).containsExactly("a", "b", "c", "d");
      assertThat(store.root().resolve("checkpoints").resolve(NODE.key())).doesNotExist();
    }
  }

  @Test
  void aRunThatIsToComputeAnewDoesNotTakeTheAnswersOfAnother() {
    try (Store store = Store.open(temp.resolve("store"))) {
      NodeRunner runner = Runners.runner(store);
      Asking stage = new Asking();
      assertThatThrownBy(() -> run(runner, stage, Runners.task("aaaa")))
          .isInstanceOf(Unreachable.class);
      NodeRunner.Task forced =
          new NodeRunner.Task("bbbb", "experiment", true, Map.of(), () -> false);

      assertThatThrownBy(() -> run(runner, stage, forced)).isInstanceOf(Unreachable.class);
      assertThatThrownBy(() -> run(runner, stage, forced)).isInstanceOf(Unreachable.class);

      assertThat(stage.asked).containsExactly("a", "b", "c", "d", "a", "b", "c", "d");
    }
  }

  private static void run(NodeRunner runner, Stage stage, NodeRunner.Task task) {
    runner.run(NODE, stage, task, NodeListener.SILENT);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.temporal.LoopbackServer;

/** What is said of the priority of a run, and when it can be changed. */
class RunPriorityIT {
  @TempDir private Path folder;

  @Test
  void aRunKeepsItsPriorityWhileItIsUnderWayAndMayGetAnotherWhenItIsResumed() throws Exception {
    TinySpec.write(folder);
    try (LoopbackServer first = LoopbackServer.start();
        LoopbackServer second = LoopbackServer.start()) {
      Said begun = run("--temporal", first.address(), "--detach", "--priority", "1");
      assertThat(begun.code()).as(begun.err()).isZero();
      assertThat(priority()).isEqualTo(1);
      assertThat(Said.by(folder, "show", "latest").out())
          .contains("Temporal " + first.address() + ", priority 1");

      Said other = run("--temporal", first.address(), "--detach", "--priority", "5");
      Said same = run("--temporal", first.address(), "--detach");
      assertThat(other.code()).isEqualTo(2);
      assertThat(other.err())
          .contains("is under way with priority 1", "plumb cancel", "--temporal --priority 5");
      assertThat(same.code()).as(same.err()).isZero();
      assertThat(priority()).isEqualTo(1);

      Said.by(folder, "cancel", "latest", "--temporal", second.address()); // does not know it
      Said resumed = resume("--temporal", second.address(), "--detach", "--priority", "2");
      Said again = resume("--temporal", second.address(), "--detach", "--priority", "4");
      assertThat(resumed.code()).as(resumed.err()).isZero();
      assertThat(priority()).isEqualTo(2);
      assertThat(again.err()).contains("is under way with priority 2");
    }
  }

  @Test
  void whatIsNoPriorityIsRefusedBeforeAnythingIsBegun() throws Exception {
    TinySpec.write(folder);

    for (String wrong : new String[] {"0", "6", "-1"}) {
      Said said = run("--temporal", "127.0.0.1:1", "--priority=" + wrong);

      assertThat(said.code()).as(wrong).isEqualTo(2);
      assertThat(said.err()).contains("`--priority` must be 1 to 5, but is " + wrong);
    }
    assertThat(run("--temporal", "127.0.0.1:1", "--priority=high").code()).isEqualTo(2);
    assertThat(run("--priority", "1").err()).contains("`--priority` needs a Temporal server");
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }

  private Said run(String... more) {
    return said("run", TinySpec.NAME, more);
  }

  private Said resume(String... more) {
    return said("resume", "latest", more);
  }

  private Said said(String command, String what, String... more) {
    String[] all = new String[more.length + 2];
    all[0] = command;
    all[1] = what;
    System.arraycopy(more, 0, all, 2, more.length);
    return Said.by(folder, all);
  }

  private int priority() throws IOException {
    return Said.by(folder, "show", "latest", "--format", "json").json().get("priority").asInt();
  }
}

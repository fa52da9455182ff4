// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker refuses before it asks any server. */
class WorkerCommandTest {
  @TempDir private Path folder;

  private Said worker(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "worker";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Said.by(folder, all);
  }

  @Test
  void whatIsNoPortIsRefused() {
    for (String wrong :
        new String[] {"x", "70000", "-1", "9464x", "a b:9464", ":9464", "1.2.3.4"}) {
      Said said = worker("--metrics=" + wrong);

      assertThat(said.code()).as(wrong).isEqualTo(2);
      assertThat(said.err()).contains("`--metrics` names no port: `" + wrong + "`", "9464");
    }
  }

  @Test
  void aPortThatIsTakenIsRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Said said = worker("--metrics", String.valueOf(taken.getLocalPort()));

      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err())
          .contains("cannot listen at 127.0.0.1:" + taken.getLocalPort(), "choose a port");
    }
    assertThat(folder.resolve(".plumb")).doesNotExist();
  }

  @Test
  void aGpuHasOneSlot() {
    Said two = worker("--queue", "gpu", "--device", "cuda:0", "--slots", "2");
    Said none = worker("--slots", "0");
    Said cpu = worker("--queue", "gpu");

    assertThat(two.code()).isEqualTo(2);
    assertThat(two.err()).contains("one GPU, one node at a time", "CUDA_VISIBLE_DEVICES=1");
    assertThat(none.err()).contains("`--slots` must be at least 1");
    assertThat(cpu.err()).contains("queue `gpu` needs a device that is a GPU");
  }
}

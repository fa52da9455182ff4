// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.run.Counting;
import org.plumbline.engine.run.NodeListener;
import org.plumbline.engine.run.NodeRunner;
import org.plumbline.engine.run.Runners;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.StoreFailure;

class DiskFullTest {

  /** A disk without space for files whose names end so; there is space again when it is said. */
  private static final class FullDisk implements Disk {
    boolean full = true;

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
      if (full && file.endsWith("manifest.json")) {
        throw new IOException("No space left on device");
      }
      Disk.super.write(file, bytes);
    }
  }

  @TempDir Path temp;

  @Test
  void aFullDiskIsNamedAndCostsNothingButTime() {
    FullDisk disk = new FullDisk();
    PlanNode node = Nodes.counting("node", 2);
    try (Store store = Store.open(temp, disk)) {
      NodeRunner runner = Runners.runner(store, (nanos, steps, saving) -> false);

      StoreFailure failure =
          catchThrowableOfType(
              StoreFailure.class,
              () -> runner.run(node, new Counting(), Runners.task("aaaa"), NodeListener.SILENT));

      assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DISK_FULL);
      assertThat(failure.kind().retryable()).isFalse();
      assertThat(failure)
          .hasMessageContaining("cannot write the result of node@1: no space left")
          .hasMessageContaining("needs");
      assertThat(store.nodes().find(node.key())).isEmpty();

      disk.full = false;
      runner.run(node, new Counting(), Runners.task("aaaa"), NodeListener.SILENT);
      assertThat(store.result(node.key())).isPresent();
    }
  }
}

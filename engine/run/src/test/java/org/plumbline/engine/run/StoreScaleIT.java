// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.store.Nodes;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.NodeOutcome;

/**
 * What a node that does nothing costs in a folder store. With {@code -Dplumb.scale.nodes=10000} it
 * measures at scale; times are printed and not compared, for other work may run beside.
 */
class StoreScaleIT {
  private static final int NODES = Integer.getInteger("plumb.scale.nodes", 500);
  private static final int MOST_BYTES = 4096;
  private static final long MILLION = 1_000_000;

  @TempDir Path temp;

  @Test
  void aNodeThatDoesNothingTakesUpLittle() {
    try (Store store = Store.open(temp.resolve("store"))) {
      NodeRunner runner = Runners.runner(store, CheckpointTiming.DEFAULT);
      long begun = System.nanoTime();
      for (int i = 0; i < NODES; i++) {
        assertThat(bring(runner, i, "aaaa").action()).isEqualTo("run");
      }
      long computed = System.nanoTime();
      for (int i = 0; i < NODES; i++) {
        assertThat(bring(runner, i, "bbbb").action()).isEqualTo("reuse");
      }
      long found = System.nanoTime();

      System.out.printf(
          "%d nodes: %d bytes and %.2f ms each, found again in %.2f ms each%n",
          NODES,
          bytes() / NODES,
          (computed - begun) / (double) MILLION / NODES,
          (found - computed) / (double) MILLION / NODES);
      assertThat(bytes() / NODES).isLessThan(MOST_BYTES);
    }
  }

  private static NodeOutcome bring(NodeRunner runner, int number, String run) {
    PlanNode node = Nodes.counting("node-" + number, number % 7);
    return runner.run(node, new Counting(), Runners.task(run), NodeListener.SILENT);
  }

  private long bytes() {
    try (Stream<Path> files = Files.walk(temp.resolve("store"))) {
      return files.filter(Files::isRegularFile).mapToLong(StoreScaleIT::size).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunOrder;

/**
 * What nodes cost that do nothing: many at once, and one after the other. With {@code
 * -Dplumb.scale.nodes=1000} it measures at scale, and with {@code PLUMB_TEMPORAL} at a real server,
 * too; times are printed and not compared, for other work may run beside.
 */
@Timeout(600)
class TemporalScaleIT {
  private static final int NODES = Integer.getInteger("plumb.scale.nodes", 50);
  private static final int DEPTH = Math.max(2, NODES / 20);
  private static final Place PLACE = new Place("4b351a10cc77", "59b0583e");
  private static final RunListener NOBODY = new RunListener() {};

  @TempDir private Path folder;

  private static CountingWork wide() {
    CountingWork work = new CountingWork(0);
    for (int i = 0; i < NODES; i++) {
      work.node("n" + i, "count");
    }
    return work;
  }

  private static CountingWork chain() {
    CountingWork work = new CountingWork(0).node("n0", "count");
    for (int i = 1; i < DEPTH; i++) {
      work.node("n" + i, "count", "n" + (i - 1));
    }
    return work;
  }

  @Test
  void inThisProcess() {
    embedded(chain()); // the first run loads classes
    double wide = embedded(wide());
    double chain = embedded(chain());

    System.out.printf(
        "embedded: %d nodes at once in %.2f s; a chain of %d, %.1f ms each%n",
        NODES, wide, DEPTH, 1000 * chain / DEPTH);
  }

  private static double embedded(CountingWork work) {
    long begun = System.nanoTime();
    try (RunExecution run = RunExecution.start(RunOrder.of("7a10"), work, 100, NOBODY)) {
      assertThat(run.await().finished()).isTrue();
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "PLUMB_TEMPORAL", matches = ".+")
  void atARealServer() throws Exception {
    LocalServer local = new LocalServer(folder, 17_233);
    LocalServer.Running running = local.start(LocalServer.executable(System.getenv()), null);
    try (TemporalServer server = TemporalServer.connect(running.address(), Map.of(), "test")) {
      served(server, chain(), "0000"); // the first run loads classes
      double wide = served(server, wide(), "0001");
      double chain = served(server, chain(), "0002");

      System.out.printf(
          "real server: %d nodes at once in %.2f s; a chain of %d, %.1f ms each%n",
          NODES, wide, DEPTH, 1000 * chain / DEPTH);
    } finally {
      local.stop();
    }
  }

  private static double served(TemporalServer server, CountingWork work, String run)
      throws InterruptedException {
    try (RunWorker worker =
        RunWorker.start(server, PLACE, work, Map.of(Resource.CPU, 100), id -> NOBODY)) {
      assertThat(worker).isNotNull();
      long begun = System.nanoTime();
      RunOrder.Served served = RunOrder.Served.at(PLACE.name(), 1000, Duration.ofSeconds(30), 3);
      server.submit(PLACE.store(), RunOrder.of(run, served));
      RunFollower follower =
          new RunFollower(server, PLACE.store(), run, NOBODY, text -> System.out.println(text));
      assertThat(follower.follow().finished()).isTrue();
      return (System.nanoTime() - begun) / 1e9;
    }
  }
}

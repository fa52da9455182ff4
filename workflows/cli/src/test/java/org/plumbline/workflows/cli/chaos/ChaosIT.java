// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.plumbline.workflows.cli.chaos.Schedule.Event;
import org.plumbline.workflows.cli.chaos.Schedule.Moment;

/**
 * Runs on a Temporal server whose workers, clients, servers are killed, frozen, told to end: each
 * point is one run, and all that happens to it follows from its number. What it leaves is in {@code
 * target/chaos/NUMBER} if it fails.
 *
 * <p>{@code -Dplumb.chaos.first=K -Dplumb.chaos.points=N} says which points; {@code PLUMB_TEMPORAL}
 * and {@code PLUMB_TEST_S3} name real servers, without which there is Temporal's in-memory server
 * and a folder. The in-memory server does not bear all of it: what is under way to a worker that is
 * killed may be lost to it for ever.
 */
@Tag("oracle")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChaosIT {
  private static final int POINTS = Integer.getInteger("plumb.chaos.points", 1);
  private static final int FIRST = Integer.getInteger("plumb.chaos.first", 1);

  private final Path folder = Path.of("target", "chaos").toAbsolutePath();
  private @Nullable Site opened;
  private @Nullable Undisturbed undisturbed;

  @BeforeAll
  void runUndisturbed() throws IOException, InterruptedException {
    delete(folder);
    Site site = Site.open(Files.createDirectories(folder));
    opened = site;
    undisturbed = Undisturbed.run(site, folder.resolve("undisturbed"));
  }

  @AfterAll
  void close() throws InterruptedException {
    if (opened != null) {
      opened.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> disturbedRunsGiveTheSameBytes() {
    Site site = site();
    Undisturbed whole = whole();
    return IntStream.range(FIRST, FIRST + POINTS)
        .mapToObj(number -> Schedule.of(number, whole.nodes(), whole.asking(), site::can))
        .map(point -> dynamicTest("point " + point.number(), () -> tried(site, whole, point)));
  }

  /** It wakes up when another has its node, and must neither write nor say what becomes of it. */
  @Test
  void aWorkerThatWasFrozenPastItsLeaseHarmsNothing() throws Exception {
    disturbed(-1, new Event(Disturbance.FREEZE_WORKER, "grpo@1", Moment.CHECKPOINT, 2, 0, 0));
  }

  /** It was told to stop and did not live to say so: that is no failure. */
  @Test
  void aRunThatIsCancelledWhileItsWorkersAreDeadGoesOnWhenItIsResumed() throws Exception {
    disturbed(-2, new Event(Disturbance.CANCEL, "ppo@1", Moment.CHECKPOINT, 2, 0, 0));
  }

  private void disturbed(int number, Event event) throws Exception {
    tried(site(), whole(), Schedule.only(number, event));
  }

  private Site site() {
    return Objects.requireNonNull(opened);
  }

  private Undisturbed whole() {
    return Objects.requireNonNull(undisturbed);
  }

  private void tried(Site site, Undisturbed whole, Schedule point)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    boolean well = false;
    Path place = folder.resolve(String.valueOf(point.number()));
    Trial trial = new Trial(site, place, whole, point);
    try (trial) {
      trial.run();
      well = true;
    } finally {
      System.out.printf(
          "point %d  %s  %.1f s  %s%n",
          point.number(), well ? "ok" : "FAILED", (System.nanoTime() - begun) / 1e9, point);
    }
    for (Path done : List.of(place, trial.files())) {
      delete(done);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        file.toFile().setWritable(true);
        Files.delete(file);
      }
    }
  }
}

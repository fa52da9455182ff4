// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.work.NodeEnd.State;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.workflows.temporal.metrics.WorkerMetrics;

/** Runs that a server conducts, whoever computes them and whoever looks on. */
@Timeout(180)
class ServedRunIT {
  private static final Place PLACE = new Place("4b351a10cc77", "59b0583e");
  private static final String RUN = "7a10";
  private static final Duration LOST_AFTER = Duration.ofSeconds(30);

  private LoopbackServer loopback;
  private TemporalServer server;

  @BeforeEach
  void start() throws IOException {
    loopback = LoopbackServer.start();
    server = TemporalServer.connect(loopback.address(), Map.of(), "test");
  }

  @AfterEach
  void stop() {
    server.close();
    loopback.close();
  }

  private RunWorker worker(CountingWork work, int slots) {
    Map<Resource, Integer> both = Map.of(Resource.CPU, slots, Resource.JUDGE, slots);
    return RunWorker.start(server, PLACE, work, both, run -> new RunListener() {});
  }

  private void submit(int parallel) {
    RunOrder order =
        new RunOrder(RUN, 3, 50, RunOrder.Served.at(PLACE.name(), parallel, LOST_AFTER, 3));
    server.submit(PLACE.store(), order);
  }

  private RunResult follow(RunListener listener) throws InterruptedException {
    return new RunFollower(server, PLACE.store(), RUN, listener, text -> {}).follow();
  }

  @Test
  void whoeverFollowsHearsAllThatHappenedAlsoLater() throws Exception {
    CountingWork work = CountingWork.recipes(2);
    submit(2);
    Heard first = new Heard();
    Heard late = new Heard();

    try (RunWorker worker = worker(work, 2)) {
      assertThat(worker).isNotNull();
      assertThat(follow(first).finished()).isTrue();
      assertThat(follow(late).finished()).isTrue();
    }

    assertThat(first.done).containsExactlyInAnyOrderElementsOf(work.artifacts.keySet());
    assertThat(late.done).containsExactlyInAnyOrderElementsOf(work.artifacts.keySet());
    assertThat(first.resolved).isEqualTo(1); // a plan in one part
    assertThat(work.compared).hasValue(1);
    assertThat(work.ends).containsExactly(RunStatus.FINISHED);
  }

  @Test
  void aRunThatIsSubmittedTwiceIsOneRun() throws Exception {
    CountingWork work = CountingWork.recipes(2);
    submit(2);
    submit(2);

    try (RunWorker worker = worker(work, 2)) {
      assertThat(worker).isNotNull();
      assertThat(follow(new Heard()).finished()).isTrue();
    }

    assertThat(work.attempts.values()).containsOnly(1);
  }

  @Test
  void ofARunNoMoreNodesAreComputedAtOnceThanItAsksForByAllWorkers() throws Exception {
    CountingWork work = CountingWork.recipes(5);
    submit(1);

    try (RunWorker one = worker(work, 2);
        RunWorker two = worker(work, 2)) {
      assertThat(List.of(one, two)).hasSize(2);
      assertThat(follow(new Heard()).finished()).isTrue();
    }

    assertThat(work.most).hasValue(1);
  }

  @Test
  void whatADrainedWorkerGivesBackAnotherTakesAtOnceFromItsCheckpoint() throws Exception {
    CountingWork work = new CountingWork(200).node("base", "pretrain");
    submit(2);
    Heard heard = new Heard();

    try (RunWorker leaving = worker(work, 1)) {
      while (work.now.get() == 0) {
        Thread.sleep(5);
      }
      leaving.drain();
    }
    assertThat(work.checkpoints).containsKey("base");
    long drained = System.nanoTime();
    try (RunWorker next = worker(work, 1)) {
      assertThat(next).isNotNull();
      assertThat(follow(heard).finished()).isTrue();
    }

    assertThat(work.attempts).containsEntry("base", 2);
    assertThat(heard.stopped).containsOnly("base"); // also what it was handed while it was leaving
    // 2 s of steps at most; a lost worker would be missed for half a minute
    assertThat(Duration.ofNanos(System.nanoTime() - drained)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void whatAWorkerDoesIsMeasured() throws Exception {
    CountingWork work = new CountingWork(200).node("base", "pretrain").node("sft", "supervised");
    work.tricks.put(
        "sft",
        attempt -> {
          throw new StageFailure("PLB0901", "loss became NaN at step 61", "learning_rate", "lower");
        });
    submit(2);
    try (WorkerMetrics metrics = WorkerMetrics.start();
        TemporalServer measured =
            TemporalServer.connect(loopback.address(), Map.of(), "test", metrics)) {
      metrics.slots(Resource.CPU, 3);
      RunWorker worker =
          RunWorker.start(
              measured,
              PLACE,
              metrics.measured(work),
              Map.of(Resource.CPU, 3),
              run -> new RunListener() {});
      try (worker) {
        while (work.attempts.size() < 2 || work.now.get() != 1) {
          Thread.sleep(5);
        }
        assertThat(metrics.text())
            .contains("plumb_slots{queue=\"cpu\",state=\"used\"} 1.0")
            .contains("plumb_slots{queue=\"cpu\",state=\"free\"} 2.0");
        metrics.draining();
        worker.drain();
      }
      // The SDK hands its counters on from time to time.
      while (!metrics.text().contains("\ntemporal_worker_start_total{")
          || !metrics.text().contains("\ntemporal_request_total{")) {
        Thread.sleep(20);
      }
      assertThat(metrics.text())
          .contains("plumb_nodes_started_total{operation=\"pretrain\"} 1.0")
          .contains("plumb_node_seconds_count{operation=\"pretrain\",outcome=\"handed_back\"} 1")
          .contains("plumb_node_seconds_count{operation=\"supervised\",outcome=\"failed\"} 1")
          .contains("plumb_slots{queue=\"cpu\",state=\"used\"} 0.0")
          .contains("plumb_node_silence_seconds 0.0");
    }
    assertThat(server.giveUp(PLACE.store(), RUN)).isTrue();
  }

  @Test
  void aRunThatIsToldToStopSavesCheckpointsAndSaysSo() throws Exception {
    CountingWork work = new CountingWork(1_000_000).node("base", "pretrain");
    submit(2);

    try (RunWorker worker = worker(work, 1)) {
      assertThat(worker).isNotNull();
      while (work.now.get() == 0) {
        Thread.sleep(5);
      }
      assertThat(server.stop(PLACE.store(), RUN)).isTrue();
      RunResult result = follow(new Heard());

      assertThat(result.cancelled()).isTrue();
      assertThat(result.in(State.STOPPED)).hasSize(1);
    }
    assertThat(work.checkpoints).containsKey("base");
    assertThat(work.ends).containsExactly(RunStatus.CANCELLED);
    assertThat(server.stop(PLACE.store(), "ffff")).isFalse();
  }

  @Test
  void whatFailsIsSaidToWhoeverFollowsAndWrittenDown() throws Exception {
    CountingWork work = new CountingWork(1).node("base", "pretrain");
    work.tricks.put(
        "base",
        attempt -> {
          throw new StageFailure("PLB0901", "loss became NaN at step 61", "learning_rate", "lower");
        });
    submit(2);
    Heard heard = new Heard();

    try (RunWorker worker = worker(work, 1)) {
      assertThat(worker).isNotNull();
      follow(heard);
    }

    assertThat(heard.failures)
        .singleElement()
        .extracting(NodeFailure::message)
        .isEqualTo("loss became NaN at step 61");
    assertThat(work.ends).containsExactly(RunStatus.FAILED);
  }

  @Test
  void aRunOfAnotherPlaceIsNotHandedToAWorker() throws Exception {
    CountingWork work = CountingWork.recipes(1);
    server.submit(
        PLACE.store(),
        new RunOrder(
            RUN, 3, 50, RunOrder.Served.at(PLACE.store() + "-00000000", 2, LOST_AFTER, 3)));

    try (RunWorker worker = worker(work, 2)) {
      assertThat(worker).isNotNull();
      TimeUnit.SECONDS.sleep(2);
    }

    assertThat(work.attempts).isEmpty();
    assertThat(server.giveUp(PLACE.store(), RUN)).isTrue();
  }

  @Test
  void aLongRunGoesOnInANewHistoryAndWhatFailedIsNotTriedAgain() throws Exception {
    CountingWork work = new CountingWork(0);
    for (int i = 0; i < 2_300; i++) {
      work.node("n" + i, "count");
    }
    work.tricks.put(
        "n7",
        attempt -> {
          throw new StageFailure("PLB0901", "loss became NaN at step 61", "learning_rate", "lower");
        });
    submit(100);
    Heard heard = new Heard();

    try (RunWorker worker = worker(work, 20)) {
      assertThat(worker).isNotNull();
      RunResult result = follow(heard);

      assertThat(result.nodes()).hasSize(1);
      assertThat(result.in(State.FAILED)).hasSize(1);
    }
    assertThat(work.attempts).hasSize(2_300);
    assertThat(work.attempts.values()).containsOnly(1);
    assertThat(heard.done).hasSize(2_299);
    assertThat(work.ends).containsExactly(RunStatus.FAILED);
  }

  private static final class Heard implements RunListener {
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<String> stopped = new CopyOnWriteArrayList<>();
    private final List<NodeFailure> failures = new CopyOnWriteArrayList<>();
    private int resolved;

    @Override
    public void resolved(Resolution resolution) {
      resolved++;
    }

    @Override
    public void done(String node, NodeResult result) {
      done.add(node);
    }

    @Override
    public void stopped(String node) {
      stopped.add(node);
    }

    @Override
    public void failed(String node, NodeFailure failure) {
      failures.add(failure);
    }
  }
}

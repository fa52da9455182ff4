// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.Priority;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.engine.run.work.NodeChannel;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.record.RunStatus;

/** Of several runs that wait for one worker, which goes first. */
@Timeout(180)
class PriorityIT {
  private static final Place PLACE = new Place("4b351a10cc77", "59b0583e");
  private static final RunListener NOBODY = new RunListener() {};

  @TempDir private Path folder;

  @Test
  void theWorkflowOfARunAndAllItsActivitiesBearItsPriority() throws Exception {
    try (LoopbackServer loopback = LoopbackServer.start();
        TemporalServer server = TemporalServer.connect(loopback.address(), Map.of(), "test");
        RunWorker worker = worker(server, CountingWork.recipes(1))) {
      assertThat(worker).isNotNull();
      submit(server, "0001", 1);
      follow(server, "0001");

      List<Priority> activities = new ArrayList<>();
      for (HistoryEvent event :
          server.client().fetchHistory(Place.workflow(PLACE.store(), "0001")).getEvents()) {
        if (event.hasWorkflowExecutionStartedEventAttributes()) {
          assertThat(event.getWorkflowExecutionStartedEventAttributes().getPriority())
              .isEqualTo(priority(1));
        }
        if (event.hasActivityTaskScheduledEventAttributes()) {
          activities.add(event.getActivityTaskScheduledEventAttributes().getPriority());
        }
      }
      assertThat(activities).hasSize(9).containsOnly(priority(1)); // resolve, 6 nodes, compare, end
    }
  }

  private static Priority priority(int key) {
    return Priority.newBuilder().setPriorityKey(key).build();
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "PLUMB_TEMPORAL", matches = ".+")
  void nodesOfTheRunWithTheSmallerNumberGoBeforeThoseThatWaitLonger() throws Exception {
    LocalServer local = new LocalServer(folder, 17_234);
    LocalServer.Running running = local.start(LocalServer.executable(System.getenv()), null);
    InOrder work = new InOrder();
    try (TemporalServer server = TemporalServer.connect(running.address(), Map.of(), "test");
        RunWorker worker = worker(server, work)) {
      assertThat(worker).isNotNull();
      submit(server, "0005", 5);
      awaitWaiting(server, InOrder.NODES - 1);
      submit(server, "0003", 3);
      submit(server, "0001", 1);
      awaitWaiting(server, 3 * InOrder.NODES - 1);
      work.free.countDown();
      follow(server, "0005");
    } finally {
      local.stop();
    }

    // The one slot was taken by a node of the first run when the others came.
    assertThat(work.runs)
        .containsExactly("0005", "0001", "0001", "0001", "0003", "0003", "0003", "0005", "0005");
  }

  private static RunWorker worker(TemporalServer server, RunWork work) {
    return RunWorker.start(server, PLACE, work, Map.of(Resource.CPU, 1), run -> NOBODY);
  }

  private static void submit(TemporalServer server, String run, int priority) {
    RunOrder.Served served = RunOrder.Served.at(PLACE.name(), 10, Duration.ofSeconds(30), priority);
    server.submit(PLACE.store(), RunOrder.of(run, served));
  }

  private static void follow(TemporalServer server, String run) throws InterruptedException {
    assertThat(new RunFollower(server, PLACE.store(), run, NOBODY, text -> {}).follow().finished())
        .isTrue();
  }

  /** Waits until so many nodes stand in the line of the worker's queue. */
  private static void awaitWaiting(TemporalServer server, int nodes) throws InterruptedException {
    DescribeTaskQueueRequest request =
        DescribeTaskQueueRequest.newBuilder()
            .setNamespace(server.namespace())
            .setTaskQueue(
                TaskQueue.newBuilder().setName(PLACE.queues().nodes(Resource.CPU)).build())
            .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
            .setReportStats(true)
            .build();
    while (server
            .stubs()
            .blockingStub()
            .describeTaskQueue(request)
            .getStats()
            .getApproximateBacklogCount()
        < nodes) {
      Thread.sleep(20);
    }
  }

  /** Runs of a few nodes that need nothing of each other; the first is computed when it may be. */
  private static final class InOrder implements RunWork {
    private static final int NODES = 3;

    private final CountDownLatch free = new CountDownLatch(1);
    private final List<String> runs = new CopyOnWriteArrayList<>();

    @Override
    public Resolution resolve(String run) {
      CountingWork work = new CountingWork(0);
      for (int i = 0; i < NODES; i++) {
        work.node("n" + i, "count");
      }
      return work.resolve(run);
    }

    @Override
    public NodeResult compute(NodeTask task, NodeChannel channel) {
      runs.add(task.order().run());
      try {
        free.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new NodeResult(task.order().run() + task.node(), false);
    }

    @Override
    public void compare(String run) {}

    @Override
    public void end(String run, RunStatus status, @Nullable String message) {}
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.workflows.temporal.workflow.Queues;
import org.plumbline.workflows.temporal.workflow.RunWorkflowImpl;

/** What polls the task queues of a place in this process, and does what it is handed. */
public final class TaskPollers implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final WorkerFactory factory;
  private final NodeActivities nodes;
  private final RunActivitiesImpl whole;

  private TaskPollers(WorkerFactory factory, NodeActivities nodes, RunActivitiesImpl whole) {
    this.factory = factory;
    this.nodes = nodes;
    this.whole = whole;
  }

  /**
   * How work is asked for.
   *
   * @param sticky how long a server waits for the process that knows a workflow already
   * @param questions how many are open at once for each queue; an answer holds one task
   */
  public record Pace(Duration sticky, int questions) {}

  /**
   * Begins to poll.
   *
   * @param slots which nodes are computed, and how many of each at once
   * @param listeners who hears what happens in a run
   */
  public static TaskPollers start(
      WorkflowClient client,
      Queues queues,
      RunWork work,
      Map<Resource, Integer> slots,
      Pace pace,
      Function<String, RunListener> listeners) {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker runs = factory.newWorker(queues.runs(), options(Math.max(2, pace.questions()), pace));
    runs.registerWorkflowImplementationTypes(RunWorkflowImpl.class);
    RunActivitiesImpl whole = new RunActivitiesImpl(work, listeners);
    runs.registerActivitiesImplementations(whole);
    NodeActivities nodes = new NodeActivities(work, listeners);
    slots.forEach(
        (resource, count) ->
            factory
                .newWorker(queues.nodes(resource), options(count, pace))
                .registerActivitiesImplementations(nodes));
    factory.start();
    return new TaskPollers(factory, nodes, whole);
  }

  private static WorkerOptions options(int slots, Pace pace) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(slots)
        .setMaxConcurrentActivityTaskPollers(Math.min(slots, pace.questions()))
        .setMaxConcurrentWorkflowTaskPollers(Math.max(2, pace.questions()))
        .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1))
        .setDefaultHeartbeatThrottleInterval(Duration.ofSeconds(1))
        .setStickyQueueScheduleToStartTimeout(pace.sticky())
        .setAllowActivityHeartbeatDuringShutdown(true)
        .build();
  }

  /** Whether anything is being done. */
  public boolean busy() {
    return nodes.busy() || whole.busy();
  }

  /** Takes on nothing more, has all nodes given back at their next checkpoint, and ends. */
  public void drain() throws InterruptedException {
    factory.suspendPolling();
    nodes.end();
    while (busy()) {
      Thread.sleep(LOOK_MILLIS);
    }
    factory.shutdown();
    factory.awaitTermination(10, TimeUnit.SECONDS);
    close();
  }

  @Override
  public void close() {
    factory.shutdownNow();
    nodes.close();
    whole.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.workflows.temporal.internal.EmbeddedServer;
import org.plumbline.workflows.temporal.internal.IdleWatch;
import org.plumbline.workflows.temporal.internal.NodeActivities;
import org.plumbline.workflows.temporal.internal.OneAtATime;
import org.plumbline.workflows.temporal.internal.RunActivitiesImpl;
import org.plumbline.workflows.temporal.workflow.Queues;
import org.plumbline.workflows.temporal.workflow.RunWorkflow;
import org.plumbline.workflows.temporal.workflow.RunWorkflowImpl;

/**
 * A run that is being executed: its workflow on a Temporal server inside this process, and the
 * workers that compute its nodes. Thread-safe.
 */
public final class RunExecution implements AutoCloseable {

  /** What the server needs to end a run that has nothing left to do is far less. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EmbeddedServer server;
  private final WorkerFactory workers;
  private final NodeActivities nodes;
  private final RunActivitiesImpl whole;
  private final WorkflowStub workflow;
  private final CompletableFuture<RunResult> result;

  private RunExecution(
      EmbeddedServer server,
      WorkerFactory workers,
      NodeActivities nodes,
      RunActivitiesImpl whole,
      WorkflowStub workflow) {
    this.server = server;
    this.workers = workers;
    this.nodes = nodes;
    this.whole = whole;
    this.workflow = workflow;
    this.result = workflow.getResultAsync(RunResult.class);
  }

  /**
   * Starts a run.
   *
   * @param order which run
   * @param work what its activities do
   * @param parallel how many nodes are computed at once at most
   * @param listener hears what happens
   */
  public static RunExecution start(
      RunOrder order, RunWork work, int parallel, RunListener listener) {
    RunListener calm = new OneAtATime(listener);
    EmbeddedServer server = EmbeddedServer.start();
    WorkflowClient client = server.client();
    WorkerFactory workers = WorkerFactory.newInstance(client);
    Worker runs = workers.newWorker(Queues.RUNS, options(2));
    runs.registerWorkflowImplementationTypes(RunWorkflowImpl.class);
    RunActivitiesImpl whole = new RunActivitiesImpl(work, calm);
    runs.registerActivitiesImplementations(whole);
    NodeActivities nodes = new NodeActivities(work, calm);
    workers.newWorker(Queues.CPU, options(parallel)).registerActivitiesImplementations(nodes);
    workers.start();
    WorkflowOptions options =
        WorkflowOptions.newBuilder().setTaskQueue(Queues.RUNS).setWorkflowId(order.run()).build();
    WorkflowStub workflow = client.newUntypedWorkflowStub(RunWorkflow.TYPE, options);
    workflow.start(order);
    return new RunExecution(server, workers, nodes, whole, workflow);
  }

  private static WorkerOptions options(int parallel) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(parallel)
        .setMaxConcurrentActivityTaskPollers(1)
        .setMaxConcurrentWorkflowTaskPollers(2)
        .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1))
        .setDefaultHeartbeatThrottleInterval(Duration.ofSeconds(1))
        // The in-memory server may put a task on the queue of a worker that is gone, for ever.
        .setStickyQueueScheduleToStartTimeout(Duration.ZERO)
        .build();
  }

  /** Waits until the run has ended. */
  public RunResult await() {
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** Tells all nodes to save a checkpoint and stop; {@link #await} returns when they have. */
  public void cancel() {
    workflow.signal(RunWorkflow.STOP);
    Thread watch = new Thread(this::watch, "watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** Ends the run where the server does not, though nothing of it is left to do. */
  private void watch() {
    IdleWatch idle = new IdleWatch(() -> nodes.busy() || whole.busy(), result::isDone);
    try {
      if (idle.lost(PATIENCE)) {
        result.complete(new RunResult(nodes.ends(), true, null, null));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The history of a run's workflow as JSON: what a replay needs. */
  String history(String run) {
    return server.client().fetchHistory(run).toJson(true);
  }

  @Override
  public void close() {
    nodes.close();
    workers.shutdownNow();
    server.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.workflows.temporal.internal.EmbeddedServer;
import org.plumbline.workflows.temporal.internal.IdleWatch;
import org.plumbline.workflows.temporal.internal.OneAtATime;
import org.plumbline.workflows.temporal.internal.TaskPollers;
import org.plumbline.workflows.temporal.workflow.Queues;
import org.plumbline.workflows.temporal.workflow.RunWorkflow;

/**
 * A run that is being executed: its workflow on a Temporal server inside this process, and the
 * workers that compute its nodes. Thread-safe.
 */
public final class RunExecution implements AutoCloseable {

  /** What the server needs to end a run that has nothing left to do is far less. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The in-memory server may put a task on the queue of a worker that is gone, for ever. */
  private static final TaskPollers.Pace PACE = new TaskPollers.Pace(Duration.ZERO, 1);

  private final EmbeddedServer server;
  private final TaskPollers workers;
  private final OneAtATime heard;
  private final WorkflowStub workflow;
  private final CompletableFuture<RunResult> result;

  private RunExecution(
      EmbeddedServer server, TaskPollers workers, OneAtATime heard, WorkflowStub workflow) {
    this.server = server;
    this.workers = workers;
    this.heard = heard;
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
    OneAtATime heard = new OneAtATime(listener);
    EmbeddedServer server = EmbeddedServer.start();
    WorkflowClient client = server.client();
    Queues queues = Queues.of(order);
    TaskPollers workers =
        TaskPollers.start(client, queues, work, Map.of(Resource.CPU, parallel), PACE, run -> heard);
    WorkflowOptions options =
        WorkflowOptions.newBuilder().setTaskQueue(queues.runs()).setWorkflowId(order.run()).build();
    WorkflowStub workflow = client.newUntypedWorkflowStub(RunWorkflow.TYPE, options);
    workflow.start(order);
    return new RunExecution(server, workers, heard, workflow);
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
    IdleWatch idle = new IdleWatch(workers::busy, result::isDone);
    try {
      if (idle.lost(PATIENCE)) {
        result.complete(new RunResult(heard.ends(), true, null, null));
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
    workers.close();
    server.close();
  }
}

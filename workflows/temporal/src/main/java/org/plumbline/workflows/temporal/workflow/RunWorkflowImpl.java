// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.workflow;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeEnd;
import org.plumbline.engine.run.work.NodeEnd.State;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.ResolvedNode;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunResult;

/**
 * Interprets a plan: data is read first, then every node is started as soon as all that it needs is
 * done.
 *
 * <p>The plan itself is not an argument: the first activity reads it from the record of the run, so
 * that the history carries names and digests only. Each node is an activity whose type is the
 * node's operation, because a replay compares types and not arguments.
 */
public final class RunWorkflowImpl implements RunWorkflow {

  // Bad data is refused before anything is trained, also by nodes that do not need that data.
  private static final String READING = "load";

  // Longer than any training: a lost worker is found by its missing heartbeat.
  private static final Duration LONGEST_NODE = Duration.ofDays(365);

  // A worker beats once a second. A machine that is busy or swapping can miss many beats.
  private static final Duration LOST_AFTER = Duration.ofSeconds(60);

  // What is being computed; in order, so that a replay cancels in the same order.
  private final Map<String, CancellationScope> running = new LinkedHashMap<>();
  private boolean stopping;

  @Override
  public RunResult run(RunOrder order) {
    RunActivities activities = Workflow.newActivityStub(RunActivities.class, wholeRun(order));
    Resolution resolution;
    try {
      resolution = activities.resolve(order.run());
    } catch (TemporalFailure failure) {
      return new RunResult(List.of(), stopping, null, Failures.read(failure));
    }
    return walk(order, activities, resolution);
  }

  private RunResult walk(RunOrder order, RunActivities activities, Resolution resolution) {
    Map<String, Promise<NodeEnd>> data = new LinkedHashMap<>();
    for (ResolvedNode node : resolution.nodes()) {
      if (node.operation().equals(READING)) {
        data.put(node.id(), outcome(order, node, Map.of(), List.of()));
      }
    }
    List<Promise<NodeEnd>> allData = List.copyOf(data.values());
    Map<String, Promise<NodeEnd>> outcomes = new LinkedHashMap<>();
    for (ResolvedNode node : resolution.nodes()) {
      Promise<NodeEnd> read = data.get(node.id());
      outcomes.put(node.id(), read != null ? read : outcome(order, node, outcomes, allData));
    }
    List<NodeEnd> ended = new ArrayList<>();
    for (Promise<NodeEnd> outcome : outcomes.values()) {
      ended.add(outcome.get());
    }
    boolean complete = ended.stream().allMatch(o -> o.state() == State.DONE);
    if (!complete || stopping) {
      return new RunResult(ended, stopping, null, null);
    }
    return new RunResult(ended, false, compare(activities, order), null);
  }

  @Override
  public void stop() {
    stopping = true;
    for (CancellationScope node : List.copyOf(running.values())) {
      node.cancel("the run was told to stop");
    }
  }

  private static @Nullable NodeFailure compare(RunActivities activities, RunOrder order) {
    try {
      activities.compare(order.run());
      return null;
    } catch (TemporalFailure failure) {
      return Failures.read(failure);
    }
  }

  private Promise<NodeEnd> outcome(
      RunOrder order,
      ResolvedNode node,
      Map<String, Promise<NodeEnd>> outcomes,
      List<Promise<NodeEnd>> data) {
    String artifact = node.artifact();
    if (artifact != null) {
      return Workflow.newPromise(NodeEnd.done(node.id(), new NodeResult(artifact, true)));
    }
    List<Promise<NodeEnd>> needed = new ArrayList<>();
    for (String need : node.needs()) {
      Promise<NodeEnd> outcome = outcomes.get(need);
      if (outcome == null) {
        throw new IllegalStateException(node.id() + " comes before " + need + " in the plan");
      }
      needed.add(outcome);
    }
    List<Promise<NodeEnd>> before = new ArrayList<>(data);
    before.addAll(needed);
    return Promise.allOf(before)
        .thenCompose(
            all ->
                data.stream().allMatch(read -> read.get().state() == State.DONE)
                    ? start(order, node, needed)
                    : Workflow.newPromise(NodeEnd.notStarted(node.id())));
  }

  private Promise<NodeEnd> start(RunOrder order, ResolvedNode node, List<Promise<NodeEnd>> needed) {
    List<String> inputs = new ArrayList<>();
    for (Promise<NodeEnd> need : needed) {
      NodeResult result = need.get().result();
      if (result != null) {
        inputs.add(result.artifact());
      }
    }
    if (inputs.size() < needed.size() || stopping) {
      return Workflow.newPromise(NodeEnd.notStarted(node.id()));
    }
    NodeTask task = new NodeTask(order, node.id(), inputs);
    CompletablePromise<NodeEnd> outcome = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> outcome.completeFrom(execute(node, task)));
    running.put(node.id(), scope);
    scope.run();
    return outcome;
  }

  private Promise<NodeEnd> execute(ResolvedNode node, NodeTask task) {
    ActivityStub activity = Workflow.newUntypedActivityStub(oneNode(task));
    return activity
        .executeAsync(node.operation(), NodeResult.class, task)
        .handle((result, failure) -> ended(node, result, failure));
  }

  private NodeEnd ended(
      ResolvedNode node, @Nullable NodeResult result, @Nullable RuntimeException failure) {
    running.remove(node.id());
    if (result != null) {
      return NodeEnd.done(node.id(), result);
    }
    if (failure == null) {
      throw new IllegalStateException(node.id() + " gave neither a result nor a failure");
    }
    if (Failures.isCancel(failure)) {
      return NodeEnd.stopped(node.id());
    }
    return NodeEnd.failed(node.id(), Failures.read(failure));
  }

  private static ActivityOptions wholeRun(RunOrder order) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(Queues.RUNS)
        .setStartToCloseTimeout(Duration.ofHours(12))
        .setRetryOptions(retries(order))
        .build();
  }

  private static ActivityOptions oneNode(NodeTask task) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(Queues.CPU)
        .setStartToCloseTimeout(LONGEST_NODE)
        .setHeartbeatTimeout(LOST_AFTER)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(retries(task.order()))
        .setSummary(task.node())
        .build();
  }

  private static RetryOptions retries(RunOrder order) {
    return RetryOptions.newBuilder()
        .setMaximumAttempts(order.attempts())
        .setInitialInterval(Duration.ofMillis(order.pauseMillis()))
        .setBackoffCoefficient(RunOrder.LONGER)
        .build();
  }
}

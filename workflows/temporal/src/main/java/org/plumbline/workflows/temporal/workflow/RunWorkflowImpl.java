// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.workflow;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
import org.plumbline.engine.run.work.ResolvedNode.Resource;
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

  // A worker beats once a second. A machine that is busy or swapping can miss many beats. Where a
  // server conducts the run the order says how long it is: as long as the right to a node lasts.
  private static final Duration LOST_AFTER = Duration.ofSeconds(30);

  // The history of a long run goes on in a new one: a server refuses one of 50,000 events.
  private static final int WINDOW = 1_000;

  // About a quarter of what a server takes at once.
  private static final int PART = 2_000;

  // What was lost with its worker is handed to another at once: the store holds how far it was.
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  // What is being computed; in order, so that a replay cancels in the same order.
  private final Map<String, CancellationScope> running = new LinkedHashMap<>();

  // What could be computed and waits because the run may not have more at once.
  private final Deque<Functions.Proc> waiting = new ArrayDeque<>();
  private boolean stopping;

  private int begun;
  private boolean goesOn;

  @Override
  public RunResult run(RunOrder order) {
    RunActivities activities = Workflow.newActivityStub(RunActivities.class, wholeRun(order));
    RunResult result = execute(order, activities);
    if (order.served() != null) {
      activities.end(order.run(), result.status(), result.message());
    }
    return result;
  }

  private RunResult execute(RunOrder order, RunActivities activities) {
    try {
      return walk(order, activities, resolve(order, activities));
    } catch (TemporalFailure failure) {
      return new RunResult(List.of(), stopping, null, Failures.read(failure));
    }
  }

  /** In parts, for what a server takes at once has its limits. */
  private static Resolution resolve(RunOrder order, RunActivities activities) {
    List<ResolvedNode> nodes = new ArrayList<>();
    List<ResolvedNode> part;
    do {
      part = activities.resolve(order.run(), nodes.size(), PART).nodes();
      nodes.addAll(part);
    } while (part.size() == PART);
    return new Resolution(nodes);
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
    if (goesOn && !stopping) {
      List<NodeEnd> failed = ended.stream().filter(o -> o.state() == State.FAILED).toList();
      Workflow.continueAsNew(order.after(failed));
    }
    if (order.served() != null) {
      ended.removeIf(o -> o.state() == State.DONE);
    }
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
    while (!waiting.isEmpty()) {
      waiting.remove().apply(); // which sees that the run is stopping
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
    for (NodeEnd failed : order.served() == null ? List.<NodeEnd>of() : order.served().failed()) {
      if (failed.node().equals(node.id())) {
        return Workflow.newPromise(failed);
      }
    }
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
    if (inputs.size() < needed.size()) {
      return Workflow.newPromise(NodeEnd.notStarted(node.id()));
    }
    Work work = new Work(node, new NodeTask(order, node.id(), inputs));
    CompletablePromise<NodeEnd> outcome = Workflow.newPromise();
    whenItsTurn(order, () -> outcome.completeFrom(attempt(work, 0)));
    return outcome;
  }

  private record Work(ResolvedNode node, NodeTask task) {}

  private void whenItsTurn(RunOrder order, Functions.Proc begin) {
    RunOrder.@Nullable Served served = order.served();
    if (served == null || running.size() < served.parallel()) {
      begin.apply();
    } else {
      waiting.add(begin);
    }
  }

  /**
   * Has a node computed; what is handed back undone is handed out again, and so is what its workers
   * were lost with as long as it comes on.
   *
   * @param lostAt how far it was when it was handed out last
   */
  private Promise<NodeEnd> attempt(Work work, long lostAt) {
    if (begun == WINDOW && work.task().order().served() != null) {
      goesOn = true;
    }
    if (stopping || goesOn) {
      return Workflow.newPromise(NodeEnd.notStarted(work.node().id()));
    }
    begun++;
    CompletablePromise<NodeEnd> outcome = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> outcome.completeFrom(execute(work, lostAt)));
    running.put(work.node().id(), scope);
    scope.run();
    return outcome;
  }

  private Promise<NodeEnd> execute(Work work, long lostAt) {
    ActivityStub activity = Workflow.newUntypedActivityStub(oneNode(work));
    return activity
        .executeAsync(work.node().operation(), NodeResult.class, work.task())
        .handle(Attempted::new)
        .thenCompose(attempted -> ended(work, attempted, lostAt));
  }

  private record Attempted(@Nullable NodeResult result, @Nullable RuntimeException failure) {}

  private Promise<NodeEnd> ended(Work work, Attempted attempted, long lostAt) {
    running.remove(work.node().id());
    RuntimeException failure = attempted.failure();
    if (failure != null && !stopping) {
      long step = Failures.lastStep(failure);
      if (Failures.isHandedBack(failure) || (Failures.isLost(failure) && step > lostAt)) {
        return attempt(work, step);
      }
    }
    do {
      Functions.Proc next = waiting.poll();
      if (next != null) {
        next.apply();
      }
    } while (goesOn && !waiting.isEmpty()); // to the next history: none of them begins in this
    return Workflow.newPromise(end(work.node(), attempted, stopping));
  }

  private static NodeEnd end(ResolvedNode node, Attempted attempted, boolean stopping) {
    NodeResult result = attempted.result();
    if (result != null) {
      return NodeEnd.done(node.id(), result);
    }
    RuntimeException failure = attempted.failure();
    if (failure == null) {
      throw new IllegalStateException(node.id() + " gave neither a result nor a failure");
    }
    // Whoever is to stop and does not live to say so has stopped.
    boolean gone = stopping && Failures.isLost(failure);
    if (Failures.isCancel(failure) || Failures.isHandedBack(failure) || gone) {
      return NodeEnd.stopped(node.id());
    }
    return NodeEnd.failed(node.id(), Failures.read(failure));
  }

  private static ActivityOptions wholeRun(RunOrder order) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(Queues.of(order).runs())
        .setStartToCloseTimeout(Duration.ofHours(12))
        .setHeartbeatTimeout(lostAfter(order))
        .setRetryOptions(retries(order))
        .setPriority(priority(order))
        .build();
  }

  private static ActivityOptions oneNode(Work work) {
    RunOrder order = work.task().order();
    // In one process the slots of one queue are the limit to what is computed at once.
    Resource resource = order.served() == null ? Resource.CPU : work.node().resource();
    return ActivityOptions.newBuilder()
        .setTaskQueue(Queues.of(order).nodes(resource))
        .setStartToCloseTimeout(LONGEST_NODE)
        .setHeartbeatTimeout(lostAfter(order))
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(retries(order))
        .setPriority(priority(order))
        .setSummary(work.node().id())
        .build();
  }

  /** Said with every activity: not every server hands on what the workflow has. */
  private static Priority priority(RunOrder order) {
    RunOrder.@Nullable Served served = order.served();
    return served == null || served.priority() == 0
        ? Priority.getDefaultInstance()
        : Priority.newBuilder().setPriorityKey(served.priority()).build();
  }

  private static Duration lostAfter(RunOrder order) {
    RunOrder.@Nullable Served served = order.served();
    return served == null || served.lostMillis() == 0
        ? LOST_AFTER
        : Duration.ofMillis(served.lostMillis());
  }

  /** After a failure that is known the worker says what the pause is. */
  private static RetryOptions retries(RunOrder order) {
    return RetryOptions.newBuilder()
        .setMaximumAttempts(order.attempts())
        .setInitialInterval(AT_ONCE)
        .setBackoffCoefficient(RunOrder.LONGER)
        .build();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.ActivityCanceledException;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.run.work.NodeEnd;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunWork;

/** Computes nodes, whatever their operation: each operation is an activity type of its own. */
public final class NodeActivities implements DynamicActivity, AutoCloseable {

  private final RunWork work;
  private final RunListener listener;
  private final Heartbeats heart = new Heartbeats();

  // After a suspended laptop wakes up, all heartbeats are late and a node is handed out a second
  // time while the first attempt still lives in this process. The second waits for the first.
  private final ConcurrentMap<String, CountDownLatch> alive = new ConcurrentHashMap<>();

  // What became of the nodes that were computed here.
  private final ConcurrentMap<String, NodeEnd> ends = new ConcurrentHashMap<>();

  /** Activities that do {@code work} and tell {@code listener}. */
  public NodeActivities(RunWork work, RunListener listener) {
    this.work = work;
    this.listener = listener;
  }

  @Override
  public Object execute(EncodedValues arguments) {
    NodeTask task = arguments.get(0, NodeTask.class);
    ActivityExecutionContext context = Activity.getExecutionContext();
    try (Heartbeats.Beat beat = heart.start(context, task.node(), listener)) {
      CountDownLatch ended = enter(task.node());
      try {
        return compute(task, beat, context.getInfo().getAttempt());
      } finally {
        alive.remove(task.node());
        ended.countDown();
      }
    }
  }

  private CountDownLatch enter(String node) {
    CountDownLatch mine = new CountDownLatch(1);
    while (true) {
      CountDownLatch earlier = alive.putIfAbsent(node, mine);
      if (earlier == null) {
        return mine;
      }
      try {
        earlier.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StageStopped(0);
      }
    }
  }

  private NodeResult compute(NodeTask task, Heartbeats.Beat beat, int attempt) {
    try {
      NodeResult result = Attempt.guard(() -> work.compute(task, beat));
      ends.put(task.node(), NodeEnd.done(task.node(), result));
      listener.done(task.node(), result);
      return result;
    } catch (StageStopped stopped) {
      ends.put(task.node(), NodeEnd.stopped(task.node()));
      listener.stopped(task.node());
      ActivityCanceledException cancel = beat.cancel();
      if (cancel == null) {
        throw new IllegalStateException(task.node() + " stopped without being told to", stopped);
      }
      throw cancel;
    } catch (ApplicationFailure failure) {
      tell(task, failure, attempt);
      throw failure;
    }
  }

  private void tell(NodeTask task, ApplicationFailure carried, int attempt) {
    NodeFailure failure = carried.getDetails().get(NodeFailure.class);
    Duration pause = carried.isNonRetryable() ? null : task.order().pauseAfter(attempt);
    if (pause == null) {
      ends.put(task.node(), NodeEnd.failed(task.node(), failure));
      listener.failed(task.node(), failure);
      return;
    }
    listener.retrying(task.node(), failure, pause);
  }

  /** Whether a node is being computed. */
  public boolean busy() {
    return !alive.isEmpty();
  }

  /** What became of the nodes that were computed here, by name. */
  public List<NodeEnd> ends() {
    return new TreeMap<>(ends).values().stream().toList();
  }

  @Override
  public void close() {
    heart.close();
  }
}

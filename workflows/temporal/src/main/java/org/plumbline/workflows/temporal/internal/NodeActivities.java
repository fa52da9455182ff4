// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.ActivityCanceledException;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.workflows.temporal.workflow.Failures;

/** Computes nodes, whatever their operation: each operation is an activity type of its own. */
public final class NodeActivities implements DynamicActivity, AutoCloseable {

  private final RunWork work;
  private final Function<String, RunListener> listeners;
  private final Heartbeats heart = new Heartbeats();

  // After a suspended laptop wakes up, all heartbeats are late and a node is handed out a second
  // time while the first attempt still lives in this process. The second waits for the first.
  private final ConcurrentMap<String, CountDownLatch> alive = new ConcurrentHashMap<>();

  private volatile boolean ending;

  /** Activities that do {@code work} and tell the listener of each run. */
  public NodeActivities(RunWork work, Function<String, RunListener> listeners) {
    this.work = work;
    this.listeners = listeners;
  }

  @Override
  public Object execute(EncodedValues arguments) {
    NodeTask task = arguments.get(0, NodeTask.class);
    ActivityExecutionContext context = Activity.getExecutionContext();
    RunListener listener = listeners.apply(task.order().run());
    try (Heartbeats.Beat beat = heart.start(context, task.node(), listener, () -> ending)) {
      String name = task.order().run() + " " + task.node();
      CountDownLatch ended = enter(name);
      try {
        listener.taken(task.node(), context.getInfo().getAttempt());
        return compute(task, beat, listener);
      } finally {
        alive.remove(name);
        ended.countDown();
      }
    }
  }

  private CountDownLatch enter(String name) {
    CountDownLatch mine = new CountDownLatch(1);
    while (true) {
      CountDownLatch earlier = alive.putIfAbsent(name, mine);
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

  private NodeResult compute(NodeTask task, Heartbeats.Beat beat, RunListener listener) {
    if (ending) {
      throw Failures.handedBack();
    }
    try {
      NodeResult result = Attempt.guard(task.order()::pauseAfter, () -> work.compute(task, beat));
      listener.done(task.node(), result);
      return result;
    } catch (StageStopped stopped) {
      listener.stopped(task.node());
      ActivityCanceledException cancel = beat.cancel();
      if (cancel != null) {
        throw cancel;
      }
      if (ending) {
        throw Failures.handedBack();
      }
      throw new IllegalStateException(task.node() + " stopped without being told to", stopped);
    } catch (ApplicationFailure failure) {
      tell(task, failure, listener);
      throw failure;
    }
  }

  private static void tell(NodeTask task, ApplicationFailure carried, RunListener listener) {
    NodeFailure failure = carried.getDetails().get(NodeFailure.class);
    Duration pause = carried.getNextRetryDelay();
    if (pause == null) {
      listener.failed(task.node(), failure);
    } else {
      listener.retrying(task.node(), failure, pause);
    }
  }

  /** From now on nothing is begun, and what is being computed is given back at a checkpoint. */
  public void end() {
    ending = true;
  }

  /** Whether a node is being computed. */
  public boolean busy() {
    return !alive.isEmpty();
  }

  @Override
  public void close() {
    heart.close();
  }
}

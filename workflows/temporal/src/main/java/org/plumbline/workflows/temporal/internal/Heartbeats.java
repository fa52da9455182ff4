// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeChannel;
import org.plumbline.engine.run.work.RunListener;

/**
 * Beats once a second for every node that is being computed, however long its single steps take.
 *
 * <p>A heartbeat carries how far the node is, and brings back whether the run was cancelled.
 */
final class Heartbeats implements AutoCloseable {

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "heart");
            thread.setDaemon(true);
            return thread;
          });

  /** Begins to beat for a node. */
  Beat start(ActivityExecutionContext context, String node, RunListener listener) {
    Beat beat = new Beat(context, node, listener);
    beat.task = clock.scheduleAtFixedRate(beat::send, 0, 1, TimeUnit.SECONDS);
    return beat;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** What a heartbeat carries. */
  record Progress(long step, long total) {}

  /** The heartbeat of one node. */
  static final class Beat implements NodeChannel, AutoCloseable {
    private final ActivityExecutionContext context;
    private final String node;
    private final RunListener listener;
    private volatile Progress last = new Progress(0, 0);
    private volatile @Nullable ActivityCanceledException cancel;
    private @Nullable ScheduledFuture<?> task;

    private Beat(ActivityExecutionContext context, String node, RunListener listener) {
      this.context = context;
      this.node = node;
      this.listener = listener;
    }

    private void send() {
      try {
        context.heartbeat(last);
      } catch (ActivityCanceledException e) {
        cancel = e;
      } catch (ActivityCompletionException e) {
        // This attempt was given up, though it lives: what it makes is found in the store.
        return;
      }
    }

    @Override
    public void started(long fromStep) {
      listener.started(node, fromStep);
    }

    @Override
    public void progress(long step, long total, Map<String, Double> metrics) {
      last = new Progress(step, total);
      listener.progress(node, step, total, metrics);
    }

    @Override
    public void note(String text) {
      listener.note(node, text);
    }

    @Override
    public boolean stopRequested() {
      return cancel != null;
    }

    /** How the cancellation was heard of; null if it was not. */
    @Nullable ActivityCanceledException cancel() {
      return cancel;
    }

    @Override
    public void close() {
      ScheduledFuture<?> scheduled = task;
      if (scheduled != null) {
        scheduled.cancel(false);
      }
    }
  }
}

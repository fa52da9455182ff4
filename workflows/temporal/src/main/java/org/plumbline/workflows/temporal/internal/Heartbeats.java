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
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeChannel;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.workflows.temporal.workflow.Progress;

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

  /**
   * Begins to beat.
   *
   * @param node of which {@code listener} hears
   * @param ending whether this worker is to end, and so to give back what it computes
   */
  Beat start(
      ActivityExecutionContext context, String node, RunListener listener, BooleanSupplier ending) {
    Beat beat = new Beat(context, node, listener, ending);
    beat.task = clock.scheduleAtFixedRate(beat::send, 1, 1, TimeUnit.SECONDS);
    return beat;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** The heartbeat of one node. */
  static final class Beat implements NodeChannel, AutoCloseable {
    private final ActivityExecutionContext context;
    private final String node;
    private final RunListener listener;
    private final BooleanSupplier ending;
    private volatile Progress last = new Progress(-1, 0, 0);
    private volatile @Nullable ActivityCanceledException cancel;
    private @Nullable ScheduledFuture<?> task;

    private Beat(
        ActivityExecutionContext context,
        String node,
        RunListener listener,
        BooleanSupplier ending) {
      this.context = context;
      this.node = node;
      this.listener = listener;
      this.ending = ending;
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
      last = new Progress(fromStep, fromStep, 0);
      listener.started(node, fromStep);
    }

    @Override
    public void progress(long step, long total, Map<String, Double> metrics) {
      last = new Progress(last.from(), step, total);
      listener.progress(node, step, total, metrics);
    }

    @Override
    public void note(String text) {
      listener.note(node, text);
    }

    @Override
    public boolean stopRequested() {
      return cancel != null || ending.getAsBoolean();
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

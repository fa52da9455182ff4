// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.metrics;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.run.work.NodeChannel;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.workflows.temporal.workflow.Queues;

/** Does what another does, and measures it. Thread-safe. */
final class MeasuredWork implements RunWork {
  private final RunWork work;
  private final NodeMeters meters;
  private final BooleanSupplier draining;

  MeasuredWork(RunWork work, NodeMeters meters, BooleanSupplier draining) {
    this.work = work;
    this.meters = meters;
    this.draining = draining;
  }

  @Override
  public Resolution resolve(String run) throws IOException {
    return work.resolve(run);
  }

  @Override
  public NodeResult compute(NodeTask task, NodeChannel channel) throws IOException {
    ActivityInfo activity = Activity.getExecutionContext().getInfo();
    NodeMeters.Current node =
        meters.begin(activity.getActivityType(), Queues.kind(activity.getActivityTaskQueue()));
    String outcome = "failed";
    try {
      NodeResult result = work.compute(task, new MeasuredChannel(channel, node));
      outcome = result.reused() ? "reused" : "finished";
      return result;
    } catch (StageStopped stopped) {
      outcome = draining.getAsBoolean() ? "handed_back" : "cancelled";
      throw stopped;
    } finally {
      node.end(outcome);
    }
  }

  @Override
  public void compare(String run) throws IOException {
    work.compare(run);
  }

  @Override
  public void end(String run, RunStatus status, @Nullable String message) throws IOException {
    work.end(run, status, message);
  }

  private record MeasuredChannel(NodeChannel channel, NodeMeters.Current node)
      implements NodeChannel {
    @Override
    public void started(long fromStep) {
      node.progress();
      channel.started(fromStep);
    }

    @Override
    public void progress(long step, long total, Map<String, Double> metrics) {
      node.progress();
      channel.progress(step, total, metrics);
    }

    @Override
    public void checkpoint(long step, long bytes, Duration time) {
      node.checkpoint(bytes, time);
      channel.checkpoint(step, bytes, time);
    }

    @Override
    public void note(String text) {
      channel.note(text);
    }

    @Override
    public boolean stopRequested() {
      return channel.stopRequested();
    }
  }
}

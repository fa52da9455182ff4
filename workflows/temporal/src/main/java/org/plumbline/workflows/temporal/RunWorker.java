// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.plumbline.engine.run.work.ResolvedNode.Resource;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.workflows.temporal.internal.OneAtATime;
import org.plumbline.workflows.temporal.internal.TaskPollers;

/** A process's part in the runs that a server conducts: computes what it is handed. */
public final class RunWorker implements AutoCloseable {

  /**
   * A worker that has died is missed for so long at a step of a workflow. Tests against the
   * in-memory server set it to 0: that server waits for ever.
   */
  private static final Duration STICKY =
      Duration.ofMillis(Long.getLong("plumb.sticky.millis", 1000));

  private static final int QUESTIONS = 5;

  private final TaskPollers workers;

  private RunWorker(TaskPollers workers) {
    this.workers = workers;
  }

  /**
   * Begins to serve.
   *
   * @param work what is done of each run
   * @param slots which nodes are computed, and how many of each at once
   * @param listeners who hears what happens in a run
   */
  public static RunWorker start(
      TemporalServer server,
      Place place,
      RunWork work,
      Map<Resource, Integer> slots,
      Function<String, RunListener> listeners) {
    ConcurrentMap<String, RunListener> calm = new ConcurrentHashMap<>();
    return new RunWorker(
        TaskPollers.start(
            server.client(),
            place.queues(),
            work,
            slots,
            new TaskPollers.Pace(STICKY, QUESTIONS),
            run -> calm.computeIfAbsent(run, id -> new OneAtATime(listeners.apply(id)))));
  }

  /** Takes on nothing more, has all nodes given back at their next checkpoint, and ends. */
  public void drain() throws InterruptedException {
    workers.drain();
  }

  @Override
  public void close() {
    workers.close();
  }
}

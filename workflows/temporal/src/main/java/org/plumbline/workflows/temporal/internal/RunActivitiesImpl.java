// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.internal;

import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunWork;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.workflows.temporal.workflow.RunActivities;

/** Does the activities of runs as a whole. */
public final class RunActivitiesImpl implements RunActivities, AutoCloseable {

  private final RunWork work;
  private final Function<String, RunListener> listeners;
  private final Heartbeats heart = new Heartbeats();
  private final AtomicInteger busy = new AtomicInteger();

  // Of long plans, whose parts are asked for one after the other.
  private final ConcurrentMap<String, Resolution> resolutions = new ConcurrentHashMap<>();

  /** Activities that do {@code work} and tell the listener of each run. */
  public RunActivitiesImpl(RunWork work, Function<String, RunListener> listeners) {
    this.work = work;
    this.listeners = listeners;
  }

  @Override
  public Resolution resolve(String run, int from, int most) {
    Resolution known = from == 0 ? null : resolutions.get(run);
    Resolution whole = known == null ? beating(run, () -> work.resolve(run)) : known;
    if (from == 0) {
      listeners.apply(run).resolved(whole);
    }
    int end = Math.min(whole.nodes().size(), from + most);
    if (end < whole.nodes().size()) {
      resolutions.put(run, whole);
    } else {
      resolutions.remove(run);
    }
    return new Resolution(whole.nodes().subList(Math.min(from, end), end));
  }

  @Override
  public void compare(String run) {
    listeners.apply(run).comparing();
    beating(
        run,
        () -> {
          work.compare(run);
          return true;
        });
    listeners.apply(run).compared();
  }

  @Override
  public void end(String run, RunStatus status, @Nullable String message) {
    beating(
        run,
        () -> {
          work.end(run, status, message);
          return true;
        });
  }

  private <T> T beating(String run, Attempt.Work<T> task) {
    busy.incrementAndGet();
    try (Heartbeats.Beat beat =
        heart.start(Activity.getExecutionContext(), run, new RunListener() {}, () -> false)) {
      return Attempt.guard(RunActivitiesImpl::pause, task);
    } finally {
      busy.decrementAndGet();
    }
  }

  private static @Nullable Duration pause(int attempt) {
    return RunOrder.of("any").pauseAfter(attempt);
  }

  /** Whether something is being done. */
  public boolean busy() {
    return busy.get() > 0;
  }

  @Override
  public void close() {
    heart.close();
  }
}

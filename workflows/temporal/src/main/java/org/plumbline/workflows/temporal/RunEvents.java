// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.NodeResult;
import org.plumbline.engine.run.work.NodeTask;
import org.plumbline.engine.run.work.Resolution;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.workflows.temporal.workflow.Failures;
import org.plumbline.workflows.temporal.workflow.Progress;

/** What a workflow's history, and what is pending of it, mean for a run. Thread-safe. */
final class RunEvents {
  private static final String RESOLVE = "run.resolve";
  private static final String COMPARE = "run.compare";
  private static final String WHOLE = "run.";

  private final DataConverter converter;
  private final RunListener listener;
  private final Map<Long, Scheduled> scheduled = new HashMap<>();
  private final Map<String, Long> eventOf = new HashMap<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private String next = "";

  /** An activity: its type and queue, and its node if it computes one. */
  record Scheduled(String type, String queue, String node) {}

  RunEvents(DataConverter converter, RunListener listener) {
    this.converter = converter;
    this.listener = listener;
  }

  /** Hears an event; returns the run's result if it was the last. */
  synchronized @Nullable RunResult hear(HistoryEvent event) {
    next = "";
    switch (event.getEventType()) {
      case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED ->
          scheduled(event.getEventId(), event.getActivityTaskScheduledEventAttributes());
      case EVENT_TYPE_ACTIVITY_TASK_COMPLETED -> {
        var done = event.getActivityTaskCompletedEventAttributes();
        completed(done.getScheduledEventId(), done.getResult());
      }
      case EVENT_TYPE_ACTIVITY_TASK_FAILED -> {
        var failed = event.getActivityTaskFailedEventAttributes();
        failed(failed.getScheduledEventId(), failed.getFailure());
      }
      case EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT -> {
        var late = event.getActivityTaskTimedOutEventAttributes();
        failed(late.getScheduledEventId(), late.getFailure());
      }
      case EVENT_TYPE_ACTIVITY_TASK_CANCELED ->
          stopped(event.getActivityTaskCanceledEventAttributes().getScheduledEventId());
      case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED -> {
        return read(
            event.getWorkflowExecutionCompletedEventAttributes().getResult(), RunResult.class);
      }
      case EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW -> {
        next = event.getWorkflowExecutionContinuedAsNewEventAttributes().getNewExecutionRunId();
        scheduled.clear();
        eventOf.clear();
      }
      case EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
          EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
          EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
          EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT ->
          throw new ServerTrouble(
              "the run was ended on the Temporal server by other means than plumb's",
              "`plumb resume RUN --here` goes on with it; what is finished is reused",
              null);
      default -> {
        // What the server does to bring the above about.
      }
    }
    return null;
  }

  /** The id of the history that the run goes on in after what was heard last; empty if in none. */
  synchronized String next() {
    return next;
  }

  private void scheduled(long event, ActivityTaskScheduledEventAttributes activity) {
    String type = activity.getActivityType().getName();
    String node = type.startsWith(WHOLE) ? "" : read(activity.getInput(), NodeTask.class).node();
    scheduled.put(event, new Scheduled(type, activity.getTaskQueue().getName(), node));
    eventOf.put(activity.getActivityId(), event);
    if (type.equals(COMPARE)) {
      listener.comparing();
    }
  }

  private void completed(long event, Payloads result) {
    Scheduled done = scheduled.remove(event);
    if (done == null) {
      return;
    }
    if (done.type().equals(RESOLVE)) {
      // In a later history of a run, what it has done itself is found again.
      listener.resolved(
          new Resolution(
              read(result, Resolution.class).nodes().stream()
                  .filter(node -> !ended.contains(node.id()))
                  .toList()));
    } else if (done.type().equals(COMPARE)) {
      listener.compared();
    } else if (!done.node().isEmpty()) {
      ended.add(done.node());
      listener.done(done.node(), read(result, NodeResult.class));
    }
  }

  private void failed(long event, Failure failure) {
    Scheduled failed = scheduled.remove(event);
    if (failed == null || failed.node().isEmpty()) {
      return; // the run's result says why the run as a whole failed
    }
    RuntimeException why = converter.failureToException(failure);
    if (Failures.isHandedBack(why)) {
      listener.stopped(failed.node());
    } else {
      listener.failed(failed.node(), Failures.read(why));
    }
  }

  private void stopped(long event) {
    Scheduled stopped = scheduled.remove(event);
    if (stopped != null && !stopped.node().isEmpty()) {
      listener.stopped(stopped.node());
    }
  }

  /** Looks at what is being computed, and at what waits to be tried again. */
  synchronized void look(List<PendingActivityInfo> pending) {
    for (PendingActivityInfo activity : pending) {
      Scheduled known = of(activity.getActivityId());
      if (known == null || known.node().isEmpty()) {
        continue;
      }
      if (activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED) {
        progress(known.node(), activity);
      } else if (activity.hasLastFailure()) {
        retrying(known.node(), activity);
      }
    }
  }

  /** An activity that has not ended as far as was heard. */
  synchronized @Nullable Scheduled of(String activity) {
    Long event = eventOf.get(activity);
    return event == null ? null : scheduled.get(event);
  }

  private void progress(String node, PendingActivityInfo activity) {
    if (!activity.hasHeartbeatDetails()) {
      return;
    }
    Progress progress = read(activity.getHeartbeatDetails(), Progress.class);
    if (progress.from() < 0) {
      return; // its worker waits for somebody else
    }
    Integer told = attempts.put(node, activity.getAttempt());
    if (told == null || told != activity.getAttempt()) {
      listener.started(node, progress.from());
    }
    if (progress.total() > 0) {
      listener.progress(node, progress.step(), progress.total(), Map.of());
    }
  }

  private void retrying(String node, PendingActivityInfo activity) {
    Integer told = attempts.put(node, -activity.getAttempt());
    if (told != null && told == -activity.getAttempt()) {
      return;
    }
    NodeFailure failure = Failures.read(converter.failureToException(activity.getLastFailure()));
    long pause = activity.getScheduledTime().getSeconds() - System.currentTimeMillis() / 1000;
    listener.retrying(node, failure, Duration.ofSeconds(Math.max(0, pause)));
  }

  private <T> T read(Payloads payloads, Class<T> type) {
    T value = converter.fromPayloads(0, Optional.of(payloads), type, type);
    if (value == null) {
      throw new IllegalStateException("the history lacks a " + type.getSimpleName());
    }
    return value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import com.google.protobuf.util.Timestamps;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Says when nobody is there to do what a run waits for. */
final class Vacancies {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** A worker asks for work at least once a minute. */
  private static final Duration SEEN = Duration.ofSeconds(70);

  private final TemporalServer server;
  private final Consumer<String> remarks;
  private final Map<String, Long> since = new LinkedHashMap<>();
  private final Set<String> said = new HashSet<>();

  Vacancies(TemporalServer server, Consumer<String> remarks) {
    this.server = server;
    this.remarks = remarks;
  }

  void look(DescribeWorkflowExecutionResponse now, RunEvents events) {
    Map<String, String> waiting = new LinkedHashMap<>();
    if (now.hasPendingWorkflowTask()
        && now.getPendingWorkflowTask().getState().name().endsWith("SCHEDULED")) {
      waiting.put(now.getExecutionConfig().getTaskQueue().getName(), "the next step of the run");
    }
    for (PendingActivityInfo activity : now.getPendingActivitiesList()) {
      RunEvents.Scheduled known = events.of(activity.getActivityId());
      if (known != null
          && activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED) {
        String what = known.node().isEmpty() ? known.type() : known.node();
        waiting.putIfAbsent(known.queue(), what);
      }
    }
    since.keySet().retainAll(waiting.keySet());
    said.retainAll(waiting.keySet());
    waiting.forEach(this::consider);
  }

  private void consider(String queue, String what) {
    long begun = since.computeIfAbsent(queue, unseen -> System.nanoTime());
    if (System.nanoTime() - begun > PATIENCE_NANOS && !said.contains(queue) && !polled(queue)) {
      said.add(queue);
      remarks.accept(
          "nobody serves %s, which waits on queue %s: start a worker of this version, with this"
                  .formatted(what, queue)
              + " store and device, with `plumb worker --temporal "
              + server.address()
              + "`");
    }
  }

  private boolean polled(String queue) {
    TaskQueueType type =
        queue.startsWith("plumb-runs")
            ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
            : TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;
    try {
      long latest =
          server
              .stubs()
              .blockingStub()
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .describeTaskQueue(
                  DescribeTaskQueueRequest.newBuilder()
                      .setNamespace(server.namespace())
                      .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                      .setTaskQueueType(type)
                      .build())
              .getPollersList()
              .stream()
              .mapToLong(poller -> Timestamps.toMillis(poller.getLastAccessTime()))
              .max()
              .orElse(0);
      return System.currentTimeMillis() - latest < SEEN.toMillis();
    } catch (StatusRuntimeException e) {
      return true; // not known: nothing is said
    }
  }
}

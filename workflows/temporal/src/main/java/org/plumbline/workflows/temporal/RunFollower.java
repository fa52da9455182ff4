// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.workflows.temporal.internal.OneAtATime;

/**
 * Follows a run that a server conducts, from anywhere: reads the history of its workflow as it
 * grows, and once a second what is being computed. That the server is away for a while is said and
 * waited for.
 */
public final class RunFollower {
  private static final long LOOK_MILLIS = 1000;
  private static final long PAUSE_MILLIS = 200;

  /** So many failures one after the other are no news. */
  private static final int HICCUPS = 2;

  /** Longer than a server keeps a question for news open. */
  private static final long ANSWER_SECONDS = 90;

  private final TemporalServer server;
  private final String workflow;
  private final RunEvents events;
  private final Vacancies vacancies;
  private final Consumer<String> remarks;
  private volatile boolean away;

  /**
   * Whether the server holds a question for news back until there is some: the in-memory one not.
   */
  private boolean waits = true;

  /**
   * Follows a run.
   *
   * @param store the identity of its store
   * @param listener hears what happens, and first what has happened so far
   * @param remarks is told of what keeps the run from going on
   */
  public RunFollower(
      TemporalServer server,
      String store,
      String run,
      RunListener listener,
      Consumer<String> remarks) {
    this.server = server;
    this.workflow = Place.workflow(store, run);
    this.events =
        new RunEvents(server.client().getOptions().getDataConverter(), new OneAtATime(listener));
    this.remarks = remarks;
    this.vacancies = new Vacancies(server, remarks);
  }

  /**
   * Follows it to its end.
   *
   * @throws ServerTrouble if the server does not know it, or it was ended from outside
   * @throws InterruptedException if this thread is interrupted, which leaves the run as it is
   */
  public RunResult follow() throws InterruptedException {
    String id = describe("").getWorkflowExecutionInfo().getExecution().getRunId();
    while (true) {
      RunResult result = followPart(id);
      if (result != null) {
        return result;
      }
      id = events.next();
    }
  }

  /** Follows one history to its end; null if the run goes on in another. */
  private @Nullable RunResult followPart(String id) throws InterruptedException {
    Thread looking = new Thread(() -> look(id), "look");
    looking.setDaemon(true);
    looking.start();
    try {
      ByteString page = ByteString.EMPTY;
      long last = 0;
      while (true) {
        GetWorkflowExecutionHistoryResponse news = news(id, page);
        long before = last;
        for (HistoryEvent event : news.getHistory().getEventsList()) {
          if (event.getEventId() > last) {
            last = event.getEventId();
            RunResult result = events.hear(event);
            if (result != null || !events.next().isEmpty()) {
              return result;
            }
          }
        }
        page = news.getNextPageToken();
        if (page.isEmpty() && last == before) {
          waits = false;
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } finally {
      looking.interrupt();
    }
  }

  private void look(String id) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        DescribeWorkflowExecutionResponse now = describe(id);
        events.look(now.getPendingActivitiesList());
        vacancies.look(now, events);
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException | ServerTrouble e) {
      Thread.currentThread().interrupt(); // whoever reads the history hears of it, too
    }
  }

  private DescribeWorkflowExecutionResponse describe(String id) throws InterruptedException {
    DescribeWorkflowExecutionRequest request =
        DescribeWorkflowExecutionRequest.newBuilder()
            .setNamespace(server.namespace())
            .setExecution(execution(id))
            .build();
    return patiently(
        () ->
            server
                .stubs()
                .blockingStub()
                .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                .describeWorkflowExecution(request));
  }

  private GetWorkflowExecutionHistoryResponse news(String id, ByteString page)
      throws InterruptedException {
    GetWorkflowExecutionHistoryRequest request =
        GetWorkflowExecutionHistoryRequest.newBuilder()
            .setNamespace(server.namespace())
            .setExecution(execution(id))
            .setWaitNewEvent(waits)
            .setHistoryEventFilterType(HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
            .setNextPageToken(page)
            .build();
    return patiently(
        () ->
            server
                .stubs()
                .blockingStub()
                .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
                .getWorkflowExecutionHistory(request));
  }

  private WorkflowExecution execution(String id) {
    return WorkflowExecution.newBuilder().setWorkflowId(workflow).setRunId(id).build();
  }

  private <T> T patiently(Supplier<T> question) throws InterruptedException {
    int failures = 0;
    while (true) {
      try {
        T answer = question.get();
        if (away) {
          away = false;
          remarks.accept("the Temporal server answers again");
        }
        return answer;
      } catch (StatusRuntimeException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!ServerTroubles.passes(e)) {
          throw trouble(e);
        }
        failures++;
        if (failures > HICCUPS && !away) {
          away = true;
          remarks.accept(
              "the Temporal server does not answer: "
                  + ServerTroubles.words(e)
                  + "; trying again until it does");
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  private ServerTrouble trouble(StatusRuntimeException failure) {
    return switch (failure.getStatus().getCode()) {
      case NOT_FOUND ->
          new ServerTrouble(
              "the Temporal server %s does not know this run".formatted(server.address()),
              "see that it is the right one; `plumb resume RUN --temporal` hands the run to it, and"
                  + " `plumb resume RUN --here` goes on without it",
              failure);
      default -> ServerTroubles.of(failure, server.address(), server.namespace());
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import io.temporal.api.history.v1.History;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.work.RunListener;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.workflows.temporal.internal.EmbeddedServer;
import org.plumbline.workflows.temporal.workflow.Queues;
import org.plumbline.workflows.temporal.workflow.RunWorkflowImpl;

/**
 * The workflow, as it is now, must be able to go on with runs that it began as it was then.
 *
 * <p>{@code -Dgolden=update} records the histories anew: only when old runs may be given up.
 */
@Timeout(180)
class ReplayIT {

  private static final Path HISTORIES = Path.of("src/test/resources/history");

  @Test
  void historyOfAFinishedRunIsReplayed() throws IOException {
    String history = recorded("finished", CountingWork.recipes(2));

    assertThatCode(() -> replay(history)).doesNotThrowAnyException();
  }

  @Test
  void historyOfARunWithAFailedNodeIsReplayed() throws IOException {
    CountingWork work = CountingWork.recipes(2);
    work.tricks.put(
        "rm",
        attempt -> {
          throw new StageFailure("PLB0901", "loss became NaN at step 61", "learning_rate", "lower");
        });
    String history = recorded("failed", work);

    assertThatCode(() -> replay(history)).doesNotThrowAnyException();
  }

  @Test
  void historyWithAnotherOrderOfOperationsIsRefused() throws IOException {
    String history = recorded("finished", CountingWork.recipes(2));
    String altered = history.replaceFirst("\"name\": \"supervised\"", "\"name\": \"dpo\"");

    assertThatThrownBy(() -> replay(altered)).hasMessageContaining("supervised");
  }

  private static String recorded(String name, CountingWork work) throws IOException {
    Path file = HISTORIES.resolve(name + ".json");
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(HISTORIES);
      Files.writeString(file, record(work));
    }
    return Files.readString(file);
  }

  private static String record(CountingWork work) {
    RunOrder order = new RunOrder("7a10", 3, 50, null);
    try (RunExecution run = RunExecution.start(order, work, 1, new RunListener() {})) {
      run.await();
      return run.history("7a10");
    }
  }

  private static void replay(String history) throws Exception {
    History.Builder events = History.newBuilder();
    JsonFormat.parser().merge(history, events);
    try (EmbeddedServer server = EmbeddedServer.start()) {
      WorkerFactory workers = WorkerFactory.newInstance(server.client());
      Worker worker = workers.newWorker(new Queues("").runs());
      worker.registerWorkflowImplementationTypes(RunWorkflowImpl.class);
      worker.replayWorkflowExecution(new WorkflowExecutionHistory(events.build()));
    }
  }
}

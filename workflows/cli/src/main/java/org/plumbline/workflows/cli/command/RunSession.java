// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.List;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.run.work.NodeEnd;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.engine.session.StoredRun;
import org.plumbline.engine.session.Submission;
import org.plumbline.engine.session.planned.OutboundRequests;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.runs.ActiveRun;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.FailureReport;
import org.plumbline.workflows.cli.console.Interrupts;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.progress.RunView;
import org.plumbline.workflows.temporal.RunExecution;

/** Conducts a run from its first node to its report. */
final class RunSession {

  private final Plumb plumb;
  private final Console console;
  private final Store store;
  private final ActiveRun run;
  private final Engine engine;
  private final int parallel;

  RunSession(Plumb plumb, Store store, ActiveRun run, EngineOptions options) {
    this.plumb = plumb;
    this.console = plumb.console();
    this.store = store;
    this.run = run;
    this.engine = options.engine();
    this.parallel = options.parallel();
  }

  /** Conducts the run; returns the exit code. */
  int conduct() {
    try (run) {
      engine.mustFit(run.id(), run.plan());
      refuseBadKeys();
      StoredRun work = engine.work(store, run);
      RunResult result = execute(work);
      return end(result);
    }
  }

  /** Before anything is computed, rather than when a judge is asked at last. */
  private void refuseBadKeys() {
    for (StageFailure bad : OutboundRequests.of(run.plan()).keys(plumb.environment()).values()) {
      throw Refusal.mistake(
          "[" + bad.code() + "]: " + bad.getMessage(), String.valueOf(bad.help()));
    }
  }

  private RunResult execute(StoredRun work) {
    RunOrder order = RunOrder.of(run.id());
    Interrupts interrupts = Interrupts.install(console);
    try {
      NodeFailure failure =
          Submission.of(work, order, new Copying(console), interrupts::heard).orElse(null);
      if (failure != null) {
        return new RunResult(notStarted(), false, null, failure);
      }
    } catch (StageStopped stopped) {
      return new RunResult(notStarted(), true, null, null);
    }
    try (RunView view = RunView.of(console, run.id(), run.plan());
        RunExecution execution = RunExecution.start(order, work, parallel, view)) {
      interrupts.then(execution::cancel);
      return execution.await();
    }
  }

  private List<NodeEnd> notStarted() {
    return run.plan().nodes().stream().map(node -> NodeEnd.notStarted(node.id())).toList();
  }

  /** First what failed: the store may be what fails, and then the end cannot be written down. */
  private int end(RunResult result) {
    new FailureReport(console, run).tell(result);
    run.end(result.status(), result.message());
    return new RunEnding(plumb, store, run.plan()).tell(run.record(), result);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.List;
import java.util.Optional;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.engine.session.StoredRun;
import org.plumbline.engine.session.Submission;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.lease.LeaseTime;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.runs.ActiveRun;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.FailureReport;
import org.plumbline.workflows.cli.console.Interrupts;
import org.plumbline.workflows.cli.progress.RunView;
import org.plumbline.workflows.temporal.RunFollower;
import org.plumbline.workflows.temporal.TemporalServer;

/** Hands a run to a Temporal server, and follows one from any terminal. */
final class ServedSession {

  private final Plumb plumb;
  private final Console console;
  private final Store store;
  private final TemporalServer server;

  ServedSession(Plumb plumb, Store store, TemporalServer server) {
    this.plumb = plumb;
    this.console = plumb.console();
    this.store = store;
    this.server = server;
  }

  /**
   * Puts into the store what the run reads, and hands it to the server; one that the server
   * conducts already is left as it is.
   *
   * @return the exit code if it cannot be done
   */
  Optional<Integer> submit(ActiveRun run, EngineOptions options) {
    try (run) {
      StoredRun work = options.engine().work(store, run);
      Interrupts interrupts = Interrupts.install(console);
      RunOrder order =
          RunOrder.of(
              run.id(),
              RunOrder.Served.at(
                  ServerOptions.place(store, options.engine()).name(),
                  options.parallel(),
                  LeaseTime.configured().length(),
                  Injected.of(run.record().server()).priority()));
      try {
        NodeFailure failure =
            Submission.of(work, order, new Copying(console), interrupts::heard).orElse(null);
        if (failure == null) {
          server.submit(store.identity(), order);
          return Optional.empty();
        }
        return Optional.of(end(run, new RunResult(List.of(), false, null, failure)));
      } catch (StageStopped stopped) {
        return Optional.of(end(run, new RunResult(List.of(), true, null, null)));
      }
    }
  }

  private int end(ActiveRun run, RunResult result) {
    new FailureReport(console, run).tell(result);
    run.end(result.status(), result.message());
    return new RunEnding(plumb, store, run.plan()).tell(run.record(), result);
  }

  /** Shows a run until it ends or somebody has seen enough; returns the exit code. */
  int follow(RunRecord record) {
    Plan plan = store.runs().plan(record.id());
    String run = record.id();
    Interrupts interrupts = onlooker(console, run);
    RunResult result;
    try (RunView view = RunView.of(console, run, plan)) {
      Thread here = Thread.currentThread();
      interrupts.then(here::interrupt);
      RunFollower follower =
          new RunFollower(
              server, store.identity(), run, view, text -> console.complain("warning: " + text));
      result = follower.follow();
    } catch (InterruptedException e) {
      return ExitCode.OK;
    }
    RunRecord ended = store.runs().read(run);
    if (ended.status() == RunStatus.FAILED) {
      new FailureReport(console, store.runs().join(run)).tell(result);
    }
    return new RunEnding(plumb, store, plan).tell(ended, result);
  }

  /** Whoever looks on can go at any time. */
  static Interrupts onlooker(Console console, String run) {
    return Interrupts.install(
        console, "run " + run + " goes on without me; `plumb watch " + run + "`", "");
  }

  /** That a run is on its way without anybody who looks on; returns the exit code. */
  int detached(String run) {
    console.say("run " + run + " is with the Temporal server " + server.address());
    console.say("  follow it:   `plumb watch " + run + "`");
    console.say("  stop it:     `plumb cancel " + run + "`");
    return ExitCode.OK;
  }
}

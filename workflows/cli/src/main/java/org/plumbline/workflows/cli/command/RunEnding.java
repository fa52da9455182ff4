// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.run.work.NodeEnd;
import org.plumbline.engine.run.work.NodeEnd.State;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.NodeOutcome;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.page.Phrase;
import org.plumbline.workflows.cli.page.RunTotals;
import org.plumbline.workflows.cli.progress.Times;

/** What is said of a run when it has ended. */
final class RunEnding {

  private final Plumb plumb;
  private final Console console;
  private final Store store;
  private final Plan plan;

  RunEnding(Plumb plumb, Store store, Plan plan) {
    this.plumb = plumb;
    this.console = plumb.console();
    this.store = store;
    this.plan = plan;
  }

  /** Says how a run has ended, as its records tell; returns the exit code. */
  int tell(RunRecord record) {
    List<NodeEnd> failed = new ArrayList<>();
    for (NodeOutcome outcome : store.runs().outcomes(record.id()).values()) {
      if (outcome.artifact() == null) {
        failed.add(new NodeEnd(outcome.node(), State.FAILED, null, null));
      }
    }
    String message = record.message();
    if (message != null) {
      console.complain("");
      console.complain(message);
    }
    return tell(record, new RunResult(failed, false, null, null));
  }

  /** Says how the run has ended; returns the exit code. */
  int tell(RunRecord record, RunResult result) {
    summarise(record, result);
    return switch (record.status()) {
      case FINISHED -> ExitCode.OK;
      case CANCELLED -> ExitCode.CANCELLED;
      default -> bug(result) ? ExitCode.INTERNAL : ExitCode.FAILED;
    };
  }

  private static boolean bug(RunResult result) {
    return result.failures().stream().anyMatch(f -> f.cause() == NodeFailure.Cause.BUG);
  }

  private void summarise(RunRecord record, RunResult result) {
    RunTotals totals = RunTotals.of(plan, store.runs().outcomes(record.id()));
    String line =
        "run "
            + record.id()
            + "  "
            + record.experiment()
            + "  "
            + record.status().word()
            + "  "
            + totals.words()
            + "  "
            + Times.minutes(record.seconds())
            + interruptions(record);
    if (console.format() == Format.JSON) {
      console.json(Json.line(ended(record, totals)));
    }
    if (record.status() == RunStatus.FINISHED) {
      finished(record, line);
      return;
    }
    console.complain("");
    console.complain(line);
    if (record.status() == RunStatus.INTERRUPTED) {
      console.complain("  nobody conducts it: its process ended without saying so");
    }
    console.complain("  go on with it:          `plumb resume " + record.id() + "`");
    if (readsFiles(result) || result.beginningFailure() != null) {
      console.complain("  after mending a file:   `plumb run " + record.spec().name() + "`");
    }
    result.in(State.FAILED).stream()
        .findFirst()
        .ifPresent(
            f ->
                console.complain(
                    "  what the node was given: `plumb show "
                        + record.id()
                        + ":"
                        + f.node()
                        + "`"));
    if (result.beginningFailure() == null && result.comparisonFailure() == null) {
      part(record);
    }
  }

  /** Whether a node failed that reads a file: a run that goes on reads its copy. */
  private boolean readsFiles(RunResult result) {
    Map<String, PlanNode> nodes = plan.byId();
    return result.in(State.FAILED).stream()
        .map(end -> nodes.get(end.node()))
        .anyMatch(node -> node != null && !node.files().isEmpty());
  }

  /** What is there may be worth a look; that it cannot be shown is not what the run failed of. */
  private void part(RunRecord record) {
    try {
      new ComparisonText(plumb, store, record, plan).tellPart();
    } catch (IOException | RuntimeException e) {
      console.complain("  no report of what is there: " + e.getMessage());
    }
  }

  /** Says what a run found that had finished before. */
  void finishedBefore(RunRecord record) {
    finished(
        record,
        "run "
            + record.id()
            + "  "
            + record.experiment()
            + "  finished already; nothing to do  "
            + Times.minutes(record.seconds()));
  }

  private void finished(RunRecord record, String line) {
    try {
      new ComparisonText(plumb, store, record, plan).tell(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String interruptions(RunRecord record) {
    int count = record.interruptions();
    return count == 0 ? "" : ", " + Phrase.count(count, "interruption");
  }

  private Map<String, Object> ended(RunRecord record, RunTotals totals) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "ended");
    event.put("time", record.ended());
    event.put("run", record.id());
    event.put("status", record.status().word());
    event.put("computed", totals.computed());
    event.put("reused", totals.reused());
    event.put("failed", totals.failed());
    event.put("missing", totals.missing());
    event.put("seconds", record.seconds());
    return event;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.engine.lm.failure.TorchUnavailableException;
import org.plumbline.engine.lm.tensor.TorchRuntime;
import org.plumbline.engine.plan.FileRef;
import org.plumbline.engine.plan.PlanNode;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.run.CheckpointTiming;
import org.plumbline.engine.run.Stage;
import org.plumbline.engine.run.StageFailure;
import org.plumbline.engine.run.StageStopped;
import org.plumbline.engine.run.work.NodeEnd;
import org.plumbline.engine.run.work.NodeEnd.State;
import org.plumbline.engine.run.work.NodeFailure;
import org.plumbline.engine.run.work.RunOrder;
import org.plumbline.engine.run.work.RunResult;
import org.plumbline.engine.session.StoredRun;
import org.plumbline.engine.session.Submission;
import org.plumbline.engine.session.planned.ForcedNodes;
import org.plumbline.engine.session.planned.OutboundRequests;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.content.Inputs;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.runs.ActiveRun;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.FailureReport;
import org.plumbline.workflows.cli.console.Format;
import org.plumbline.workflows.cli.console.Interrupts;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.page.Phrase;
import org.plumbline.workflows.cli.page.RunTotals;
import org.plumbline.workflows.cli.progress.RunView;
import org.plumbline.workflows.cli.progress.Times;
import org.plumbline.workflows.temporal.RunExecution;

/** Conducts a run from its first node to its report. */
final class RunSession {

  private static final long MEGABYTE = 1_000_000;

  /** About a second. */
  private static final long WORTH_SAYING = 200 * MEGABYTE;

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
      Map<String, Stage> stages = Stages.byOperation();
      refuseIfOutdated(stages);
      refuseBadKeys();
      ForcedNodes forced =
          ForcedNodes.kept(run.record().overrides().getOrDefault(ForcedNodes.KEPT_AS, ""));
      StoredRun work =
          new StoredRun(
              store, run, List.copyOf(stages.values()), forced, timing(), this::startEngine);
      RunResult result = execute(work);
      return end(result);
    }
  }

  /** Tests save checkpoints more often, so that a very short stage can be interrupted. */
  private static CheckpointTiming timing() {
    Long millis = Long.getLong("plumb.checkpoint.millis");
    return millis == null
        ? CheckpointTiming.DEFAULT
        : CheckpointTiming.every(Duration.ofMillis(millis));
  }

  private void startEngine() {
    try {
      TorchRuntime.start(new TorchRuntime.Settings(engine.device(), engine.threads()));
    } catch (TorchUnavailableException e) {
      String help =
          "`plumb doctor` says what there is; natives are unpacked into DJL_CACHE_DIR, else below the"
              + " home folder, which must be writable";
      throw new StageFailure("PLB0901", String.valueOf(e.getMessage()), null, help);
    }
  }

  /** What this version computes must be what the plan says: keys promise it. */
  private void refuseIfOutdated(Map<String, Stage> stages) {
    for (PlanNode node : run.plan().nodes()) {
      Stage stage = stages.get(node.operation());
      if (stage == null || stage.version() != node.version() || !runtimeFits(stage, node)) {
        throw Refusal.mistake(
            "run " + run.id() + " was planned for another version or device: " + node.id(),
            "planned: " + node.operation() + " v" + node.version() + ", " + node.parts().runtime(),
            "run the spec again; what did not change is reused");
      }
    }
  }

  /** Keys of older versions hold the engine though nothing of the node depends on it. */
  private boolean runtimeFits(Stage stage, PlanNode node) {
    return !stage.computesWithEngine() || node.parts().runtime().equals(engine.runtime().parts());
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
          Submission.of(work, order, new Copying(), interrupts::heard).orElse(null);
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

  /** Tells of files that are copied into the store. */
  private final class Copying implements Inputs.CopyListener {

    @Override
    public void copying(FileRef file, long bytes) {
      if (bytes >= WORTH_SAYING) {
        console.say("copying " + file.written() + " into the store, " + bytes / MEGABYTE + " MB");
      }
    }

    @Override
    public void damaged(String why) {
      console.complain("warning: " + why);
    }
  }

  private int end(RunResult result) {
    boolean bug = failures(result).stream().anyMatch(f -> f.cause() == NodeFailure.Cause.BUG);
    // First: the store may be what fails, and then the end cannot be written down either.
    new FailureReport(console, run).tell(result);
    if (result.finished()) {
      run.end(RunStatus.FINISHED, null);
    } else if (result.cancelled() && result.in(State.FAILED).isEmpty()) {
      run.end(RunStatus.CANCELLED, null);
    } else {
      run.end(
          RunStatus.FAILED,
          failures(result).stream().map(NodeFailure::message).findFirst().orElse(null));
    }
    RunRecord record = run.record();
    summarise(record, result);
    return switch (record.status()) {
      case FINISHED -> ExitCode.OK;
      case CANCELLED -> ExitCode.CANCELLED;
      default -> bug ? ExitCode.INTERNAL : ExitCode.FAILED;
    };
  }

  private static List<NodeFailure> failures(RunResult result) {
    List<NodeFailure> failures = new ArrayList<>();
    result
        .in(State.FAILED)
        .forEach(
            n -> {
              NodeFailure failure = n.failure();
              if (failure != null) {
                failures.add(failure);
              }
            });
    NodeFailure beginning = result.beginningFailure();
    if (beginning != null) {
      failures.add(beginning);
    }
    NodeFailure comparison = result.comparisonFailure();
    if (comparison != null) {
      failures.add(comparison);
    }
    return failures;
  }

  private void summarise(RunRecord record, RunResult result) {
    RunTotals totals = RunTotals.of(run.plan(), store.runs().outcomes(run.id()));
    String line =
        "run "
            + run.id()
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
    console.complain("  go on with it:          `plumb resume " + run.id() + "`");
    if (readsFiles(result) || result.beginningFailure() != null) {
      console.complain("  after mending a file:   `plumb run " + record.spec().name() + "`");
    }
    result.in(State.FAILED).stream()
        .findFirst()
        .ifPresent(
            f ->
                console.complain(
                    "  what the node was given: `plumb show " + run.id() + ":" + f.node() + "`"));
    if (result.beginningFailure() == null && result.comparisonFailure() == null) {
      part(record);
    }
  }

  /** Whether a node failed that reads a file: a run that goes on reads its copy. */
  private boolean readsFiles(RunResult result) {
    Map<String, PlanNode> nodes = run.plan().byId();
    return result.in(State.FAILED).stream()
        .map(end -> nodes.get(end.node()))
        .anyMatch(node -> node != null && !node.files().isEmpty());
  }

  /** What is there may be worth a look; that it cannot be shown is not what the run failed of. */
  private void part(RunRecord record) {
    try {
      new ComparisonText(plumb, store, record, run.plan()).tellPart();
    } catch (IOException | RuntimeException e) {
      console.complain("  no report of what is there: " + e.getMessage());
    }
  }

  private void finished(RunRecord record, String line) {
    try {
      new ComparisonText(plumb, store, record, run.plan()).tell(line);
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

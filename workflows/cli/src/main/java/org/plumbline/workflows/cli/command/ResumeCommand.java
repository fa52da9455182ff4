// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.runs.ActiveRun;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.page.RunTotals;
import org.plumbline.workflows.cli.progress.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Goes on with a run, exactly as it was planned. */
@Command(
    name = "resume",
    description = "Go on with a run that did not finish, with the plan that it was started with.")
final class ResumeCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private EngineOptions engine = new EngineOptions();

  @Parameters(paramLabel = "RUN", description = "a run, the beginning of its name, or latest")
  private String name = "";

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    engine.parallel();
    engine.engine().mustBeThere();
    try (Store store = Stores.existing(given)) {
      RunRecord record = RunName.find(store, name);
      if (record.status() == RunStatus.FINISHED) {
        return alreadyFinished(given, store, record);
      }
      Console console = given.console();
      ActiveRun run = store.runs().resume(record.id());
      console.say("run " + run.id() + "  " + record.experiment() + "  " + how(record));
      RunTotals totals = RunTotals.of(run.plan(), run.outcomes());
      console.say("  finished    " + totals.finished() + " of " + totals.nodes() + " nodes");
      return new RunSession(given, store, run, engine).conduct();
    }
  }

  private static String how(RunRecord record) {
    String ended = record.ended() == null ? "" : " at " + record.ended();
    return switch (record.status()) {
      case INTERRUPTED -> "its process ended" + ended + " without saying so";
      case CANCELLED -> "it was cancelled" + ended;
      default -> "it " + record.status().word() + ended;
    };
  }

  private static int alreadyFinished(Plumb given, Store store, RunRecord record) {
    String line =
        "run "
            + record.id()
            + "  "
            + record.experiment()
            + "  finished already; nothing to do  "
            + Times.minutes(record.seconds());
    try {
      new ComparisonText(given, store, record, store.runs().plan(record.id())).tell(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.OK;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunOwner;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunServer;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.progress.Times;
import org.plumbline.workflows.temporal.TemporalServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Follows a run. */
@Command(
    name = "watch",
    description = "Follow a run that a Temporal server conducts; Ctrl-C leaves it to go on.")
final class WatchCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private ServerOptions servers = new ServerOptions();

  @Parameters(paramLabel = "RUN", description = "a run, the beginning of its name, or latest")
  private String name = "";

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    try (Store store = Stores.existing(given)) {
      RunRecord record = RunName.find(store, name);
      RunServer conducting = record.server();
      if (conducting != null && record.served()) {
        try (TemporalServer server = servers.connect(given, conducting)) {
          return new ServedSession(given, store, server).follow(record);
        }
      }
      if (record.status() == RunStatus.RUNNING) {
        String where =
            store.runs().owner(record.experiment()).map(WatchCommand::words).orElse("a process");
        throw Refusal.mistake(
            "run " + record.id() + " is conducted by " + where + ", whose terminal shows it",
            "`plumb show "
                + record.id()
                + "` says what is finished; only a run that a Temporal"
                + " server conducts can be followed from elsewhere");
      }
      return ended(given, store, record);
    }
  }

  private static String words(RunOwner owner) {
    return "process " + owner.pid() + " on " + owner.host();
  }

  private static int ended(Plumb given, Store store, RunRecord record) {
    String line =
        "run "
            + record.id()
            + "  "
            + record.experiment()
            + "  "
            + record.status().word()
            + "  "
            + Times.minutes(record.seconds());
    if (record.status() != RunStatus.FINISHED) {
      given.console().complain(line);
      given.console().complain("  go on with it:          `plumb resume " + record.id() + "`");
      return record.status() == RunStatus.CANCELLED ? ExitCode.CANCELLED : ExitCode.FAILED;
    }
    try {
      new ComparisonText(given, store, record, store.runs().plan(record.id())).tell(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.OK;
  }
}

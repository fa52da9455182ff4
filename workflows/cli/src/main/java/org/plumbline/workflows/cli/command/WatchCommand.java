// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Plan;
import org.plumbline.engine.session.RecordFollower;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunOwner;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunServer;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Interrupts;
import org.plumbline.workflows.cli.progress.RunView;
import org.plumbline.workflows.temporal.TemporalServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Follows a run. */
@Command(
    name = "watch",
    description = {
      "Follow a run, whether a process conducts it or a Temporal server, from anywhere that sees",
      "the store; Ctrl-C leaves it to go on."
    })
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
      Plan plan = store.runs().plan(record.id());
      if (record.status() != RunStatus.RUNNING) {
        return new RunEnding(given, store, plan).tell(record);
      }
      RunRecord ended = follow(given.console(), store, record, plan).orElse(null);
      return ended == null ? ExitCode.OK : new RunEnding(given, store, plan).tell(ended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From what its process writes down; empty if somebody has seen enough. */
  private static Optional<RunRecord> follow(
      Console console, Store store, RunRecord record, Plan plan) throws IOException {
    String by = store.runs().owner(record.experiment()).map(RunOwner::words).orElse("a process");
    console.say("run " + record.id() + "  " + record.experiment() + "  conducted by " + by);
    Interrupts interrupts = ServedSession.onlooker(console, record.id());
    try (RunView view = RunView.of(console, record.id(), plan)) {
      return new RecordFollower(store, record.id(), plan, view).follow(interrupts::heard);
    }
  }
}

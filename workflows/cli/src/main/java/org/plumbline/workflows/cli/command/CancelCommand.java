// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.Host;
import org.plumbline.engine.store.record.RunOwner;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunServer;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.temporal.TemporalServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Stops a run from any terminal. */
@Command(
    name = "cancel",
    description = "Stop a run at its next checkpoints, wherever it is conducted.")
final class CancelCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private ServerOptions servers = new ServerOptions();

  @Parameters(paramLabel = "RUN", description = "a run, the beginning of its name, or latest")
  private String name = "";

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    try (Store store = Stores.existing(given)) {
      RunRecord record = RunName.find(store, name);
      if (record.status() != RunStatus.RUNNING) {
        throw Refusal.mistake(
            "run " + record.id() + " is not under way: it is " + record.status().word());
      }
      RunServer conducting = record.server();
      if (conducting == null) {
        stopProcess(store, record);
      } else {
        try (TemporalServer server = servers.connect(given, conducting)) {
          stopOnServer(given, store, record, server);
        }
      }
      given.console().say("run " + record.id() + " stops at its next checkpoints");
      given.console().say("  go on with it later:   `plumb resume " + record.id() + "`");
    }
    return ExitCode.OK;
  }

  private static void stopOnServer(
      Plumb given, Store store, RunRecord record, TemporalServer server) {
    if (!server.stop(store.identity(), record.id())) {
      store.runs().takeBack(record.id());
      given
          .console()
          .complain(
              "warning: the Temporal server %s does not know run %s any more"
                  .formatted(server.address(), record.id()));
    }
  }

  /** As Ctrl-C in its own terminal does. */
  private static void stopProcess(Store store, RunRecord record) {
    RunOwner owner =
        store
            .runs()
            .owner(record.experiment())
            .orElseThrow(() -> Refusal.mistake("run " + record.id() + " has just ended"));
    if (!owner.host().equals(Host.name())) {
      throw Refusal.mistake(
          "run " + record.id() + " is conducted by " + owner.words() + ", another machine",
          "there, `plumb cancel "
              + record.id()
              + "` or `kill "
              + owner.pid()
              + "` stops it in good order");
    }
    // Its lock is held, so that the process of this number is still the one that wrote it down;
    // it may be that of another user, or of a container whose processes are not seen from here.
    if (!ProcessHandle.of(owner.pid()).map(ProcessHandle::destroy).orElse(false)) {
      throw Refusal.mistake(
          "run "
              + record.id()
              + " is conducted by "
              + owner.words()
              + ", which cannot be told to stop from here",
          "press Ctrl-C in its terminal, or let its user `kill "
              + owner.pid()
              + "`, in its container");
    }
  }
}

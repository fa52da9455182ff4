// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunServer;
import org.plumbline.engine.store.record.RunStatus;
import org.plumbline.engine.store.runs.ActiveRun;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.page.RunTotals;
import org.plumbline.workflows.temporal.ServerTrouble;
import org.plumbline.workflows.temporal.TemporalServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Goes on with a run, exactly as it was planned. */
@Command(
    name = "resume",
    description = "Go on with a run that did not finish, with the plan that it was started with.")
final class ResumeCommand implements Callable<Integer> {

  @ParentCommand private @Nullable Plumb plumb;
  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private ServerOptions servers = new ServerOptions();

  @Parameters(paramLabel = "RUN", description = "a run, the beginning of its name, or latest")
  private String name = "";

  @Option(
      names = "--here",
      description = "take the run back from the Temporal server that conducts it, and go on here")
  private boolean here;

  @Option(
      names = "--detach",
      description = "hand the run to the Temporal server and return at once")
  private boolean detach;

  @Mixin private PriorityOption priority = new PriorityOption();

  @Override
  public Integer call() {
    Plumb given = Injected.of(plumb);
    engine.parallel();
    if (here && servers.given()) {
      throw Refusal.mistake("`--here` and `--temporal` cannot both be");
    }
    if (detach && !servers.given()) {
      throw Refusal.mistake("`--detach` needs `--temporal`");
    }
    priority.mustBeUsable(servers);
    if (!servers.given()) {
      engine.engine().mustBeThere();
    }
    try (Store store = Stores.existing(given)) {
      RunRecord record = RunName.find(store, name);
      if (record.status() == RunStatus.FINISHED) {
        new RunEnding(given, store, store.runs().plan(record.id())).finishedBefore(record);
        return ExitCode.OK;
      }
      if (here && record.served()) {
        takeBack(given, store, record);
      }
      if (servers.given()) {
        try (TemporalServer server = servers.connect(given)) {
          return serve(given, store, record, server);
        }
      }
      ActiveRun run = store.runs().resume(record.id());
      introduce(given.console(), run, record);
      return new RunSession(given, store, run, engine).conduct();
    }
  }

  /** A server that is there must not conduct it any more; one that has gone cannot. */
  private void takeBack(Plumb given, Store store, RunRecord record) {
    RunServer conducting = Injected.of(record.server());
    try (TemporalServer server = servers.connect(given, conducting)) {
      server.giveUp(store.identity(), record.id());
    } catch (ServerTrouble gone) {
      given.console().complain("warning: " + gone.getMessage() + "; going on without it");
    }
    store.runs().takeBack(record.id());
  }

  private int serve(Plumb given, Store store, RunRecord record, TemporalServer server) {
    ServedSession session = new ServedSession(given, store, server);
    engine.engine().mustFit(record.id(), store.runs().plan(record.id()));
    boolean underWay = ServerOptions.conducts(server, record);
    if (underWay) {
      priority.mustBeThatOf(record);
    }
    ActiveRun run =
        underWay
            ? store.runs().join(record.id())
            : store.runs().resume(record.id(), priority.at(server, record));
    introduce(given.console(), run, record);
    Integer failed = session.submit(run, engine).orElse(null);
    if (failed != null) {
      return failed;
    }
    return detach ? session.detached(run.id()) : session.follow(run.record());
  }

  private static void introduce(Console console, ActiveRun run, RunRecord record) {
    console.say("run " + run.id() + "  " + record.experiment() + "  " + how(record));
    RunTotals totals = RunTotals.of(run.plan(), run.outcomes());
    console.say("  finished    " + totals.finished() + " of " + totals.nodes() + " nodes");
  }

  private static String how(RunRecord record) {
    return switch (record.status()) {
      // when it last said something is all that is known
      case INTERRUPTED -> "its process ended" + time(" after ", record) + " without saying so";
      case CANCELLED -> "it was cancelled" + time(" at ", record);
      case RUNNING -> "a Temporal server conducts it";
      default -> "it " + record.status().word() + time(" at ", record);
    };
  }

  private static String time(String word, RunRecord record) {
    return record.ended() == null ? "" : word + record.ended();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.workflows.cli.console.Console;
import org.plumbline.workflows.cli.console.ExitCode;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.temporal.LocalServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A Temporal server on this machine. */
@Command(
    name = "server",
    description = {
      "Start, stop or look at a Temporal server on this machine.",
      "It is Temporal's own development server with a file as its database; it listens on loopback."
    })
final class ServerCommand implements Runnable {

  private static final String DEFAULT = "7233";

  @ParentCommand private @Nullable Plumb plumb;
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        Injected.of(spec).commandLine(), "say what: start, stop or status");
  }

  @Command(name = "start", description = "Start it, unless it runs already.")
  int start(
      @Option(names = "--port", paramLabel = "PORT", defaultValue = DEFAULT, description = "7233")
          int port,
      @Option(
              names = "--db",
              paramLabel = "FILE",
              description = "its database; else one for this version below the home folder")
          @Nullable Path database) {
    Plumb given = Injected.of(plumb);
    LocalServer server = server(given, port);
    LocalServer.Running running = server.find().orElse(null);
    if (running != null) {
      tell(given.console(), running, "runs already");
      return ExitCode.OK;
    }
    Path file = database == null ? null : given.path(database);
    tell(given.console(), server.start(LocalServer.executable(given.environment()), file), "runs");
    return ExitCode.OK;
  }

  @Command(
      name = "stop",
      description = "Stop it; what it conducts goes on when it is started again.")
  int stop(
      @Option(names = "--port", paramLabel = "PORT", defaultValue = DEFAULT, description = "7233")
          int port)
      throws InterruptedException {
    Plumb given = Injected.of(plumb);
    if (!server(given, port).stop()) {
      throw Refusal.mistake("no Temporal server that plumb has started runs on port " + port);
    }
    given.console().say("the Temporal server on port " + port + " is stopped");
    return ExitCode.OK;
  }

  @Command(name = "status", description = "Say whether it runs; exits with 1 if it does not.")
  int status(
      @Option(names = "--port", paramLabel = "PORT", defaultValue = DEFAULT, description = "7233")
          int port) {
    Plumb given = Injected.of(plumb);
    LocalServer.Running running = server(given, port).find().orElse(null);
    if (running == null) {
      given.console().result("no Temporal server that plumb has started runs on port " + port);
      return ExitCode.FAILED;
    }
    boolean answers = running.answers();
    tell(given.console(), running, answers ? "runs" : "runs and does not answer");
    return answers ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void tell(Console console, LocalServer.Running running, String how) {
    console.result(
        "Temporal server %s %s, process %d".formatted(running.address(), how, running.pid()));
    console.result("  database    " + running.database());
    console.result("  log         " + running.log());
    console.say("  use it:     `plumb run SPEC --temporal " + running.address() + "`");
    console.say("              `plumb worker --temporal " + running.address() + "`");
  }

  private static LocalServer server(Plumb given, int port) {
    if (port < 1 || port > 65_535) {
      throw Refusal.mistake("`--port` must be from 1 to 65535, but is " + port);
    }
    return new LocalServer(home(given.environment()), port);
  }

  /** Where programs keep what they know of their state: a folder of the user. */
  private static Path home(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        state.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return base.resolve("plumbline");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunServer;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.temporal.TemporalServer;
import picocli.CommandLine.Option;

/** Which of several runs goes first. */
final class PriorityOption {

  @Option(
      names = "--priority",
      paramLabel = "N",
      description =
          "with --temporal: nodes of runs with a smaller number are taken first, 1 to 5 (3)")
  private @Nullable Integer asked;

  void mustBeUsable(ServerOptions servers) {
    if (asked == null) {
      return;
    }
    if (!servers.given()) {
      throw Refusal.mistake(
          "`--priority` needs a Temporal server that conducts several runs",
          "add `--temporal`; `plumb server start` starts a server here");
    }
    if (asked < 1 || asked > RunServer.LAST) {
      throw Refusal.mistake(
          "`--priority` must be 1 to " + RunServer.LAST + ", but is " + asked,
          "1 goes first, " + RunServer.USUAL + " is usual");
    }
  }

  /** A server knows the nodes that wait, and not that their order has changed. */
  void mustBeThatOf(RunRecord underWay) {
    RunServer server = Injected.of(underWay.server());
    if (asked != null && asked != server.priority()) {
      throw Refusal.mistake(
          "run " + underWay.id() + " is under way with priority " + server.priority(),
          "`plumb cancel %1$s`, then `plumb resume %1$s --temporal --priority %2$d`"
              .formatted(underWay.id(), asked));
    }
  }

  /**
   * How the server that conducts a run is written down.
   *
   * @param before what there is of the run already, or null
   */
  RunServer at(TemporalServer server, @Nullable RunRecord before) {
    if (asked != null) {
      return ServerOptions.written(server, asked);
    }
    RunServer then = before == null ? null : before.server();
    return ServerOptions.written(server, then == null ? RunServer.USUAL : then.priority());
  }
}

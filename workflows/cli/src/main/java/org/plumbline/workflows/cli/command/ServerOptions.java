// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.rlhf.Stages;
import org.plumbline.engine.store.Store;
import org.plumbline.engine.store.record.Host;
import org.plumbline.engine.store.record.RunRecord;
import org.plumbline.engine.store.record.RunServer;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.console.Version;
import org.plumbline.workflows.temporal.Place;
import org.plumbline.workflows.temporal.TemporalServer;
import org.plumbline.workflows.temporal.metrics.WorkerMetrics;
import picocli.CommandLine.Option;

/** Which Temporal server conducts runs. */
final class ServerOptions {

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      arity = "0..1",
      fallbackValue = "",
      description =
          "a Temporal server conducts the run; without HOST:PORT the one that TEMPORAL_ADDRESS or"
              + " temporal.toml names, else 127.0.0.1:7233")
  private @Nullable String address;

  /** Whether a server is asked for. */
  boolean given() {
    return address != null;
  }

  /** The server that is asked for. */
  TemporalServer connect(Plumb plumb) {
    return TemporalServer.connect(named(), plumb.environment(), identity());
  }

  /** Likewise; what passes between it and this process is measured. */
  TemporalServer connect(Plumb plumb, WorkerMetrics metrics) {
    return TemporalServer.connect(named(), plumb.environment(), identity(), metrics);
  }

  private String named() {
    String named = address == null ? "" : address;
    if (!named.isEmpty() && !named.matches("(\\[[0-9A-Fa-f:.]+]|[^:\\s]+):\\d{1,5}")) {
      throw Refusal.mistake(
          "`--temporal` names no server: `" + named + "`",
          "write host and port as in 127.0.0.1:7233, or `--temporal` alone after all else");
    }
    return named;
  }

  /** The server that is asked for, else the one that conducts the run. */
  TemporalServer connect(Plumb plumb, RunServer conducting) {
    return given()
        ? connect(plumb)
        : TemporalServer.connect(conducting.address(), plumb.environment(), identity());
  }

  private static String identity() {
    return "plumb@" + Host.name() + ":" + ProcessHandle.current().pid();
  }

  /** How a server is written down in the record of a run. */
  static RunServer written(TemporalServer server, int priority) {
    return new RunServer(server.address(), server.namespace(), priority);
  }

  /** Whether a run is under way at this server. */
  static boolean conducts(TemporalServer server, RunRecord run) {
    RunServer conducting = run.server();
    return run.served()
        && conducting != null
        && conducting.isSameAs(written(server, conducting.priority()));
  }

  /**
   * Where runs of a store are served that are computed in this way, by stages of these versions.
   */
  static Place place(Store store, Engine engine) {
    Map<String, Integer> stages = new TreeMap<>();
    Stages.byOperation().forEach((operation, stage) -> stages.put(operation, stage.version()));
    String computing = Version.text() + " " + engine.runtime().parts() + " " + stages;
    return new Place(store.identity(), Sha256.of(computing).substring(0, 8));
  }
}

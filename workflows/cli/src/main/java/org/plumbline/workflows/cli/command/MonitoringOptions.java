// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.store.Store;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.progress.WorkerLog;
import org.plumbline.workflows.temporal.TemporalServer;
import org.plumbline.workflows.temporal.metrics.ProbePort;
import org.plumbline.workflows.temporal.metrics.Readiness;
import org.plumbline.workflows.temporal.metrics.WorkerMetrics;
import picocli.CommandLine.Option;

/** Options that say how a worker can be watched. */
final class MonitoringOptions {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(\\[[0-9A-Fa-f:.]+]|[^:\\s]+):)?(\\d{1,5})");
  private static final int LAST_PORT = 65_535;
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final String LOOPBACK = "127.0.0.1";

  @Option(
      names = "--metrics",
      paramLabel = "[HOST:]PORT",
      description =
          "answer /metrics (for Prometheus), /healthz and /readyz at this port of loopback, or of"
              + " HOST; 0 for any that is free")
  private @Nullable String metrics;

  @Option(
      names = "--log-format",
      paramLabel = "FORM",
      description = "text (lines on stderr, the default) or json (an object a line on stdout)")
  private WorkerLog.Form form = WorkerLog.Form.TEXT;

  WorkerLog.Form form() {
    return form;
  }

  /** What is measured and where it can be asked for; null if nothing was asked for. */
  @Nullable Monitoring open() {
    String given = metrics;
    if (given == null) {
      return null;
    }
    InetSocketAddress address = address(given);
    if (address.isUnresolved()) {
      throw Refusal.mistake("`--metrics` names no machine: `" + given + "`");
    }
    WorkerMetrics measured = WorkerMetrics.start();
    Readiness readiness = new Readiness(PATIENCE);
    AtomicBoolean polling = new AtomicBoolean();
    readiness.need("it does not poll, not yet or not any more", polling::get);
    try {
      return new Monitoring(
          measured, readiness, polling, ProbePort.open(address, measured::text, readiness));
    } catch (IOException e) {
      measured.close();
      throw Refusal.mistake(
          "`--metrics %s`: cannot listen at %s: %s"
              .formatted(given, shown(address), e.getMessage()),
          "choose a port that is free, and a host of this machine; every worker needs its own");
    }
  }

  private static InetSocketAddress address(String given) {
    Matcher matcher = ADDRESS.matcher(given);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > LAST_PORT) {
      throw Refusal.mistake(
          "`--metrics` names no port: `" + given + "`",
          "write a port as in 9464, or 0.0.0.0:9464 for other machines to ask, too");
    }
    String host = matcher.group(1) == null ? LOOPBACK : matcher.group(1);
    return new InetSocketAddress(
        host.replaceAll("^\\[|]$", ""), Integer.parseInt(matcher.group(2)));
  }

  private static String shown(InetSocketAddress address) {
    String host = address.getHostString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /**
   * What is measured of a worker, and its port.
   *
   * @param polling whether it takes on anything
   */
  record Monitoring(
      WorkerMetrics metrics, Readiness readiness, AtomicBoolean polling, ProbePort port)
      implements AutoCloseable {

    /** The worker begins to poll. */
    void begins(TemporalServer server, Store store) {
      readiness.need("the Temporal server does not answer", server::answers);
      readiness.need("the store does not answer", () -> !store.identity().isEmpty());
      polling.set(true);
    }

    /** The worker takes on nothing more. */
    void drains() {
      polling.set(false);
      metrics.draining();
    }

    String address() {
      return shown(port.address());
    }

    @Override
    public void close() {
      port.close();
      metrics.close();
    }
  }
}

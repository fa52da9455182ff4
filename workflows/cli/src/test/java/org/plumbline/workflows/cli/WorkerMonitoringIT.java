// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;
import org.plumbline.workflows.temporal.LoopbackServer;

/** What Prometheus and a probe see of a worker. */
class WorkerMonitoringIT {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "PLUMB_JAVA_OPTS",
          "-Dplumb.checkpoint.millis=0 -Dplumb.sticky.millis=0 -Dplumb.lease.millis=3000");
  private static final Pattern WHERE = Pattern.compile("metrics at (http://127\\.0\\.0\\.1:\\d+)/");
  private static final Pattern SAMPLE =
      Pattern.compile("[a-z0-9_]+(\\{([a-z_]+=\"[^\"]*\",?)+})? \\S+");

  @TempDir private Path folder;

  private PlumbProcess start(String... command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--store", "served"));
    return PlumbProcess.start(VARIABLES, folder, arguments);
  }

  private static HttpResponse<String> ask(String where) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(where)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static double value(String metrics, String sample) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + sample + " in\n" + metrics));
  }

  @Test
  void aWorkerTellsWhatItDoesAndWhetherItCan() throws Exception {
    TinySpec.write(folder);
    PlumbProcess worker;
    String where;
    try (LoopbackServer server = LoopbackServer.start()) {
      start("run", TinySpec.NAME, "--temporal", server.address(), "--detach").await();
      worker = start("worker", "--temporal", server.address(), "--slots", "2", "--metrics", "0");
      worker.awaitNarration("metrics at");
      Matcher said = WHERE.matcher(worker.narration());
      assertThat(said.find()).isTrue();
      where = said.group(1);

      assertThat(start("watch", "latest").await().code()).isZero();
      assertThat(ask(where + "/readyz").body()).isEqualTo("ready\n");
      assertThat(ask(where + "/healthz").statusCode()).isEqualTo(200);
      itTellsAll(ask(where + "/metrics").body());
    }
    assertThat(ask(where + "/readyz").body())
        .isEqualTo("not ready: the Temporal server does not answer\n");
    assertThat(ask(where + "/healthz").statusCode()).isEqualTo(200);
    worker.terminate();
    assertThat(worker.await().code()).isZero();
  }

  @Test
  void aWorkerThatIsThereBeforeItsServerWaitsForIt() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String[] command = {"worker", "--temporal", "127.0.0.1:" + port, "--slots", "1"};
    PlumbProcess leaving = start(command);
    PlumbProcess staying = start(command);
    leaving.awaitNarration("trying again until it does");
    staying.awaitNarration("no Temporal server answers at 127.0.0.1:" + port);
    leaving.terminate();
    assertThat(leaving.await().code()).isZero();

    try (LoopbackServer server = LoopbackServer.start(port)) {
      assertThat(server.address()).endsWith(":" + port);
      staying.awaitNarration("worker for store");
      staying.terminate();
      assertThat(staying.await().code()).isZero();
    }
  }

  @Test
  void aWorkerWhoseServerCannotBeEndsAtOnce() throws Exception {
    PlumbProcess.Ended ended =
        start("worker", "--temporal", "no-such-machine.invalid:7233").await();

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("no Temporal server answers at no-such-machine.invalid:7233");
  }

  private static void itTellsAll(String metrics) {
    assertThat(metrics.lines())
        .allSatisfy(
            line -> assertThat(line.startsWith("#") || SAMPLE.matcher(line).matches()).isTrue());
    assertThat(metrics.length()).isLessThan(400_000);
    assertThat(value(metrics, "plumb_nodes_started_total{operation=\"ppo\"}")).isEqualTo(1);
    String ppo = "{operation=\"ppo\",outcome=\"finished\"}";
    assertThat(value(metrics, "plumb_node_seconds_count" + ppo)).isEqualTo(1);
    assertThat(value(metrics, "plumb_node_seconds_sum" + ppo)).isPositive();
    // 30 updates, and a checkpoint is due at each
    assertThat(value(metrics, "plumb_checkpoint_seconds_count{operation=\"ppo\"}"))
        .isGreaterThan(20);
    assertThat(value(metrics, "plumb_checkpoint_bytes_total{operation=\"ppo\"}"))
        .isGreaterThan(1e6);
    assertThat(value(metrics, "plumb_slots{queue=\"cpu\",state=\"free\"}")).isEqualTo(2);
    assertThat(value(metrics, "plumb_slots{queue=\"judge\",state=\"used\"}")).isZero();
    assertThat(value(metrics, "plumb_node_silence_seconds")).isZero();
    assertThat(value(metrics, "plumb_lease_renewals_total")).isPositive();
    assertThat(value(metrics, "plumb_lease_renewals_failed_total")).isZero();
    assertThat(value(metrics, "plumb_leases_lost_total")).isZero();
    assertThat(value(metrics, "plumb_store_written_bytes_total")).isGreaterThan(1e6);
    assertThat(value(metrics, "plumb_store_read_bytes_total")).isPositive();
    assertThat(metrics).contains("\njvm_memory_used_bytes{", "\ntemporal_");
    if (System.getProperty("os.name").equals("Linux")) {
      assertThat(value(metrics, "process_resident_memory_bytes")).isGreaterThan(1e7);
    }
  }
}

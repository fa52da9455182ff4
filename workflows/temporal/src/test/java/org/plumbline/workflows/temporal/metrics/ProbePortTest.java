// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProbePortTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Readiness readiness = new Readiness(Duration.ofMillis(200));

  private static HttpResponse<String> ask(ProbePort port, String method, String path)
      throws IOException, InterruptedException {
    URI where = URI.create("http://127.0.0.1:" + port.address().getPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(where).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Test
  void itTellsWhatIsAskedForAndNothingElse() throws Exception {
    try (ProbePort port = ProbePort.open(ANY, () -> "plumb_nodes 1\n", readiness)) {
      HttpResponse<String> metrics = ask(port, "GET", "/metrics");
      assertThat(metrics.body()).isEqualTo("plumb_nodes 1\n");
      assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
      assertThat(ask(port, "GET", "/healthz").statusCode()).isEqualTo(200);
      assertThat(ask(port, "HEAD", "/healthz").statusCode()).isEqualTo(200);
      assertThat(ask(port, "GET", "/").statusCode()).isEqualTo(404);
      assertThat(ask(port, "GET", "/metrics/../etc/passwd").statusCode()).isEqualTo(404);
      assertThat(ask(port, "POST", "/metrics").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void itIsReadyWhenAllThatIsNeededIsThere() throws Exception {
    AtomicBoolean polling = new AtomicBoolean();
    readiness.need("it does not poll", polling::get);
    try (ProbePort port = ProbePort.open(ANY, () -> "", readiness)) {
      HttpResponse<String> before = ask(port, "GET", "/readyz");
      polling.set(true);
      HttpResponse<String> after = ask(port, "GET", "/readyz");

      assertThat(before.statusCode()).isEqualTo(503);
      assertThat(before.body()).isEqualTo("not ready: it does not poll\n");
      assertThat(after.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatHangsOrFailsIsNotReadyAndKeepsNobodyWaiting() throws Exception {
    CountDownLatch mount = new CountDownLatch(1);
    readiness.need(
        "the store does not answer",
        () -> {
          try {
            mount.await();
            return true;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    readiness.need(
        "the server does not answer",
        () -> {
          throw new IllegalStateException("refused");
        });
    try (ProbePort port = ProbePort.open(ANY, () -> "", readiness)) {
      assertThat(ask(port, "GET", "/readyz").body())
          .isEqualTo("not ready: the store does not answer; the server does not answer\n");
      assertThat(ask(port, "GET", "/healthz").statusCode()).isEqualTo(200);
      mount.countDown();
    }
  }

  @Test
  void aPortThatIsTakenIsRefused() throws Exception {
    try (ProbePort port = ProbePort.open(ANY, () -> "", readiness)) {
      Throwable refused =
          catchThrowable(() -> ProbePort.open(port.address(), () -> "", readiness).close());

      assertThat(refused).isInstanceOf(BindException.class);
    }
  }

  @Test
  void thoseWhoBeginToAskAndDoNotGoOnHinderNobody() throws Exception {
    try (ProbePort port = ProbePort.open(ANY, () -> "", readiness)) {
      for (int i = 0; i < 8; i++) {
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), port.address().getPort());
        silent.getOutputStream().write("GET /heal".getBytes(StandardCharsets.US_ASCII));
      }

      assertThat(ask(port, "GET", "/healthz").statusCode()).isEqualTo(200);
    }
  }
}

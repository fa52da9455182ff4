// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of servers that cannot be used. */
class ServerTroublesTest {

  private static ServerTrouble connecting(String address, Map<String, String> environment) {
    return catchThrowableOfType(
        ServerTrouble.class, () -> TemporalServer.connect(address, environment, "test").close());
  }

  @Test
  void whereNothingListensNoServerAnswers() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    ServerTrouble trouble = connecting("127.0.0.1:" + port, Map.of());

    assertThat(trouble).hasMessageContaining("no Temporal server answers at 127.0.0.1:" + port);
    assertThat(trouble.isAway()).isTrue();
    assertThat(trouble.help()).contains("`plumb server start`");
  }

  @Test
  void aMachineThatNobodyKnowsIsNoServerThatIsAway() {
    ServerTrouble trouble = connecting("no-such-machine.invalid:7233", Map.of());

    assertThat(trouble).hasMessageContaining("no Temporal server answers at no-such-machine");
    assertThat(trouble.isAway()).isFalse();
  }

  @Test
  void whatSpeaksAnotherLanguageIsNoTemporalServer() throws IOException {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.start();
    try {
      String address = "127.0.0.1:" + web.getAddress().getPort();

      ServerTrouble trouble = connecting(address, Map.of());

      assertThat(trouble)
          .hasMessage("what answers at " + address + " is no Temporal server that plumb can use");
      assertThat(trouble.isAway()).isFalse();
    } finally {
      web.stop(0);
    }
  }

  @Test
  void settingsThatCannotBeReadAreNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("temporal.toml"), "[profile.default\naddress =");

    ServerTrouble trouble = connecting("", Map.of("TEMPORAL_CONFIG_FILE", file.toString()));

    assertThat(trouble).hasMessageContaining("settings of the Temporal server cannot be read");
    assertThat(trouble.help()).contains("temporal.toml");
  }

  @Test
  void aProfileNamesTheServer(@TempDir Path folder) throws IOException {
    try (LoopbackServer loopback = LoopbackServer.start()) {
      Path file =
          Files.writeString(
              folder.resolve("temporal.toml"),
              "[profile.default]\naddress = \"" + loopback.address() + "\"\nnamespace = \"lab\"\n");
      Map<String, String> environment = Map.of("TEMPORAL_CONFIG_FILE", file.toString());

      try (TemporalServer server = TemporalServer.connect("", environment, "test")) {
        assertThat(server.address()).isEqualTo(loopback.address());
        assertThat(server.namespace()).isEqualTo("lab");
      }
    }
  }

  @Test
  void aNamespaceThatIsNotThereAndAKeyThatIsRefusedSayWhatToDo() {
    ServerTrouble missing =
        ServerTroubles.of(Status.NOT_FOUND.asRuntimeException(), "h:7233", "lab");
    ServerTrouble refused =
        ServerTroubles.of(
            Status.UNAUTHENTICATED.withDescription("expired").asRuntimeException(),
            "h:7233",
            "lab");

    assertThat(missing).hasMessage("the Temporal server h:7233 has no namespace `lab`");
    assertThat(missing.help()).contains("TEMPORAL_NAMESPACE");
    assertThat(refused).hasMessage("the Temporal server h:7233 refuses the request: expired");
    assertThat(refused.help()).contains("TEMPORAL_API_KEY");
  }

  @Test
  void aCertificateThatIsNotTrustedIsToldFromAServerThatIsAway() {
    RuntimeException handshake =
        Status.UNAVAILABLE
            .withDescription("io exception")
            .withCause(new IOException("PKIX path building failed: SSL handshake"))
            .asRuntimeException();

    ServerTrouble trouble = ServerTroubles.of(handshake, "h:7233", "lab");

    assertThat(trouble).hasMessageContaining("do not trust each other");
    assertThat(trouble.isAway()).isFalse();
    assertThat(trouble.help()).contains("TEMPORAL_TLS_SERVER_CA_CERT_PATH");
  }

  @Test
  void versionsAreComparedByNumbers() {
    assertThat(ServerTroubles.isOlder("1.9.2", "1.24")).isTrue();
    assertThat(ServerTroubles.isOlder("1.24.0", "1.24")).isFalse();
    assertThat(ServerTroubles.isOlder("1.31.2", "1.24")).isFalse();
    assertThat(ServerTroubles.isOlder("2.0", "1.24")).isFalse();
    assertThat(ServerTroubles.isOlder("", "1.24")).isFalse();
  }
}

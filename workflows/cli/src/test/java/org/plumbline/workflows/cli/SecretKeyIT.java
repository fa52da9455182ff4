// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;
import org.plumbline.workflows.cli.command.PlumbProcess.Ended;

/** Whatever an endpoint does with the key that it was given, it comes back in no file or stream. */
class SecretKeyIT {
  private static final String KEY = "sk-test-8Qz+/x\"7\\1&Gh2";

  @TempDir private Path folder;

  @Test
  void anEndpointThatRefusesWithTheKeyDoesNotBringItIntoStoreOrTerminal() throws Exception {
    ChatServer.Answers refuse =
        (exchange, question) -> {
          exchange.getResponseHeaders().add("X-Echo", header(exchange));
          exchange
              .getResponseHeaders()
              .add("Location", "http://127.0.0.1:9/?key=" + header(exchange));
          ChatServer.reply(exchange, 401, "no such key: " + header(exchange) + forms(exchange));
        };

    try (ChatServer server = ChatServer.start(refuse)) {
      JudgedSpec.write(folder, server.url(), 16, "dpo");
      List<Ended> all = new ArrayList<>();
      for (String format : List.of("human", "short", "json", "github")) {
        all.add(plumb("run", JudgedSpec.NAME, "--format", format, "--store", "store"));
      }
      all.add(plumb("resume", "latest", "--store", "store", "--no-progress", "-v"));
      all.add(plumb("show", "latest", "--store", "store", "--format", "json"));
      all.add(plumb("show", "latest:prefs", "--store", "store"));
      all.add(plumb("runs", "--store", "store"));

      assertThat(all.get(0).err()).contains("refuses: status 401");
      assertThat(server.questions()).isNotEmpty();
      all.forEach(SecretKeyIT::assertKeepsTheKey);
      assertNoFileHolds(folder);
    }
  }

  @Test
  void anEndpointThatAnswersWithTheKeyDoesNotBringItIntoArtifactsOrReports() throws Exception {
    ChatServer.Answers echo =
        (exchange, question) ->
            ChatServer.say(
                exchange,
                question.contains("(A) or (B)")
                    ? header(exchange) + "\n(A)"
                    : "good " + header(exchange) + " " + forms(exchange));

    try (ChatServer server = ChatServer.start(echo)) {
      JudgedSpec.write(folder, server.url(), 16, "dpo", "cai");
      List<Ended> all = new ArrayList<>();
      all.add(plumb("run", JudgedSpec.NAME, "--store", "store"));
      all.add(plumb("compare", "latest", "--store", "store", "-o", "report.html"));
      all.add(plumb("export", "latest:prefs", "--store", "store", "-o", "prefs.jsonl"));
      all.add(plumb("export", "latest:cai", "--store", "store", "-o", "cai"));

      all.forEach(ended -> assertThat(ended.code()).as(ended.err()).isZero());
      all.forEach(SecretKeyIT::assertKeepsTheKey);
      assertNoFileHolds(folder);
    }
  }

  @Test
  void aKeyWithALineEndInsideIsRefusedBeforeAnythingIsComputed() throws Exception {
    JudgedSpec.write(folder, "http://127.0.0.1:9/v1", 16, "dpo");

    Ended ended =
        PlumbProcess.start(
                Map.of(JudgedSpec.VARIABLE, KEY + "\rX"), folder, List.of("run", JudgedSpec.NAME))
            .await();

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("PLB0907", "variable `JUDGE_KEY` holds no key", "a line end");
    assertKeepsTheKey(ended);
    assertNoFileHolds(folder);
  }

  /** The key with what surrounds it on Windows, as it is given to the process. */
  private Ended plumb(String... arguments) throws IOException, InterruptedException {
    Map<String, String> variables = Map.of(JudgedSpec.VARIABLE, " " + KEY + "\r\n");
    return PlumbProcess.start(variables, folder, List.of(arguments)).await();
  }

  private static String header(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static String forms(HttpExchange exchange) {
    byte[] bytes = header(exchange).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(bytes) + "\u001b]0;" + header(exchange) + "\u0007";
  }

  private static void assertKeepsTheKey(Ended ended) {
    assertKeepsTheKey("stdout", ended.out());
    assertKeepsTheKey("stderr", ended.err());
  }

  private static void assertNoFileHolds(Path folder) throws IOException {
    int seen = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertKeepsTheKey(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        seen++;
      }
    }
    assertThat(seen).isPositive();
  }

  private static void assertKeepsTheKey(String where, String text) {
    byte[] bytes = ("Bearer " + KEY).getBytes(StandardCharsets.UTF_8);
    assertThat(text.contains("8Qz+/x")).as(where).isFalse();
    assertThat(text.contains("8Qz%2B")).as(where).isFalse();
    String packed = Base64.getEncoder().encodeToString(bytes);
    assertThat(text.contains(packed.substring(12, packed.length() - 4))).as(where).isFalse();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An editing session over the pipes of a process, message by message. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LanguageServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Process process;
  private OutputStream toServer;
  private InputStream fromServer;
  private int asked;

  @BeforeEach
  void start() throws IOException {
    process =
        new ProcessBuilder(
                "/bin/sh", Path.of("target/plumb/bin/plumb").toAbsolutePath() + "", "lsp")
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    toServer = process.getOutputStream();
    fromServer = process.getInputStream();
  }

  @AfterEach
  void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private void send(Map<String, ?> message) throws IOException {
    byte[] body = JSON.writeValueAsBytes(message);
    String head = "Content-Length: " + body.length + "\r\n\r\n";
    toServer.write(head.getBytes(StandardCharsets.US_ASCII));
    toServer.write(body);
    toServer.flush();
  }

  private void tell(String method, Map<String, ?> params) throws IOException {
    send(Map.of("jsonrpc", "2.0", "method", method, "params", params));
  }

  private JsonNode ask(String method, Map<String, ?> params) throws IOException {
    asked++;
    send(Map.of("jsonrpc", "2.0", "id", asked, "method", method, "params", params));
    while (true) {
      JsonNode message = next();
      if (message.path("id").asInt() == asked) {
        assertThat(message.has("error")).as(message.toString()).isFalse();
        return message.get("result");
      }
    }
  }

  private JsonNode next() throws IOException {
    int length = -1;
    String line = line();
    while (!line.isEmpty()) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
      line = line();
    }
    return JSON.readTree(fromServer.readNBytes(length));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = fromServer.read();
    while (c != '\n') {
      assertThat(c).as("what the server wrote: " + line).isNotNegative();
      if (c != '\r') {
        line.append((char) c);
      }
      c = fromServer.read();
    }
    return line.toString();
  }

  /** The messages about a version of the spec. */
  private List<String> diagnostics(int version) throws IOException {
    while (true) {
      JsonNode message = next();
      JsonNode params = message.path("params");
      if (message.path("method").asText().equals("textDocument/publishDiagnostics")
          && params.path("version").asInt() == version) {
        List<String> texts = new ArrayList<>();
        params.get("diagnostics").forEach(found -> texts.add(found.get("message").asText()));
        return texts;
      }
    }
  }

  private static Map<String, Integer> at(int line, int character) {
    return Map.of("line", line, "character", character);
  }

  @Test
  void aSpecIsWrittenWithItsHelp() throws Exception {
    Path file = folder.resolve("my.plumb.yaml");
    Map<String, String> document = Map.of("uri", file.toUri().toString());
    String begun =
        """
        plumb: v1
        name: begun
        models:
          base: { pretrain: { corpus: corpus.txt } }
        data:
          demos: { jsonl: demos.jsonl }
        policies:
          sft: { supervised: { from: base, dat: demos } }
        """;
    JsonNode hello = ask("initialize", Map.of("capabilities", Map.of()));
    assertThat(hello.at("/serverInfo/name").asText()).isEqualTo("plumb");
    assertThat(hello.at("/capabilities/hoverProvider").asBoolean()).isTrue();
    tell("initialized", Map.of());
    tell(
        "textDocument/didOpen",
        Map.of(
            "textDocument",
            Map.of(
                "uri",
                file.toUri().toString(),
                "languageId",
                "yaml",
                "version",
                1,
                "text",
                begun)));
    assertThat(diagnostics(1)).anyMatch(text -> text.contains("unknown key `dat`"));

    JsonNode range = JSON.valueToTree(Map.of("start", at(7, 36), "end", at(7, 36)));
    JsonNode fixes =
        ask(
            "textDocument/codeAction",
            Map.of(
                "textDocument", document,
                "range", range,
                "context", Map.of("diagnostics", List.of())));
    JsonNode edit = fixes.get(0).at("/edit/changes").elements().next().get(0);
    assertThat(edit.get("newText").asText()).isEqualTo("data");

    JsonNode items =
        ask("textDocument/completion", Map.of("textDocument", document, "position", at(7, 30)));
    assertThat(items.findValuesAsText("label")).containsExactly("base");
    JsonNode hover =
        ask("textDocument/hover", Map.of("textDocument", document, "position", at(7, 12)));
    assertThat(hover.at("/contents/value").asText()).contains("**`supervised`**");

    String mended = begun.replace("dat: demos", "data: demos");
    tell(
        "textDocument/didChange",
        Map.of(
            "textDocument", Map.of("uri", file.toUri().toString(), "version", 2),
            "contentChanges", List.of(Map.of("text", mended))));
    assertThat(diagnostics(2)).noneMatch(text -> text.contains("unknown key"));
    tell("textDocument/didClose", Map.of("textDocument", document));
    leave();
  }

  private void leave() throws Exception {
    assertThat(ask("shutdown", Map.of())).isNotNull();
    tell("exit", Map.of());

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(fromServer.readAllBytes()).isEmpty();
    assertThat(Files.readString(folder.resolve("err.txt"))).isEmpty();
  }

  @Test
  void whatAScriptPrintsIsNoMessage() throws Exception {
    Path file = folder.resolve("my.plumb.groovy");
    String script = "System.out.println('noise')\nexperiment(\"loud\") {\n    seeds = [1]\n}\n";
    ask("initialize", Map.of("capabilities", Map.of()));
    tell(
        "textDocument/didOpen",
        Map.of(
            "textDocument",
            Map.of(
                "uri",
                file.toUri().toString(),
                "languageId",
                "groovy",
                "version",
                1,
                "text",
                script)));

    assertThat(diagnostics(1)).isNotEmpty();
  }

  @Test
  void itEndsWhenItsEditorIsGone() throws Exception {
    ask("initialize", Map.of("capabilities", Map.of()));
    toServer.close();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
  }
}

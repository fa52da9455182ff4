// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Chromium without a window, driven over its DevTools protocol; nothing is downloaded and nothing
 * but files is opened. One tab, one command at a time.
 */
final class Browser implements AutoCloseable {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final WebSocket socket;
  private final Answers answers;
  private final AtomicInteger commands = new AtomicInteger();
  private String session = "";

  private Browser(Process process, WebSocket socket, Answers answers) {
    this.process = process;
    this.socket = socket;
    this.answers = answers;
  }

  /** Where Chromium is, if this machine has it: {@code -Dbrowser.path}, or on the path. */
  static Optional<Path> installed() {
    String given = System.getProperty("browser.path");
    if (given != null) {
      return Optional.of(Path.of(given));
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(java.io.File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with a profile in {@code folder}. */
  static Browser start(Path program, Path folder) throws Exception {
    Path profile = Files.createDirectories(folder.resolve("profile"));
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--no-first-run",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
                // as root in a container there is no other way; only own files are opened
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "about:blank"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile())
            .start();
    try {
      Answers answers = new Answers();
      URI address = address(process, profile.resolve("DevToolsActivePort"));
      WebSocket socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
              .buildAsync(address, answers)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Browser browser = new Browser(process, socket, answers);
      browser.attach();
      return browser;
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** The browser writes the port that it chose, and its path, into a file. */
  private static URI address(Process process, Path file) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() > 1) {
        return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
      }
      Thread.sleep(50);
    }
    throw new IOException("the browser does not listen; see browser.log beside its profile");
  }

  private void attach() throws Exception {
    JsonNode target = send("Target.createTarget", Map.of("url", "about:blank"));
    session =
        send(
                "Target.attachToTarget",
                Map.of("targetId", target.path("targetId").asText(), "flatten", true))
            .path("sessionId")
            .asText();
    send("Page.enable", Map.of());
    send("Runtime.enable", Map.of());
  }

  /** Does one command of the protocol and waits for its result. */
  JsonNode send(String method, Map<String, Object> parameters) throws Exception {
    int id = commands.incrementAndGet();
    ObjectNode command = MAPPER.createObjectNode();
    command.put("id", id).put("method", method);
    command.set("params", MAPPER.valueToTree(parameters));
    if (!session.isEmpty()) {
      command.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = answers.expect(id);
    socket.sendText(command.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode answered = get(answer, method);
    if (answered.has("error")) {
      throw new IOException(method + ": " + answered.path("error"));
    }
    return answered.path("result");
  }

  private JsonNode get(CompletableFuture<JsonNode> answer, String method)
      throws InterruptedException, ExecutionException, IOException {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer to " + method, e);
    }
  }

  /** Shows a screen of this size in CSS pixels. */
  void screen(int width, int height) throws Exception {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Emulates media: {@code screen} or {@code print}, and {@code light} or {@code dark}. */
  void media(String media, String scheme) throws Exception {
    send(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Opens an address and waits until the page has loaded and its samples are there. */
  void open(String address) throws Exception {
    send("Page.navigate", Map.of("url", "about:blank"));
    send("Page.navigate", Map.of("url", address));
    run(
        "new Promise(done => { const look = () => location.href !== 'about:blank' &&"
            + " document.readyState === 'complete' ? done(typeof samples === 'undefined' ||"
            + " !samples ? 0 : samples.ready.then(() => 0)) : setTimeout(look, 10); look(); })");
  }

  /** The value of an expression; a promise is waited for. */
  JsonNode run(String expression) throws Exception {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IOException(answer.path("exceptionDetails").toString());
    }
    return answer.path("result").path("value");
  }

  /** What the page could not do: errors that its scripts did not catch. */
  List<String> errors() {
    return List.copyOf(answers.errors);
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Takes messages apart that may come in pieces. */
  private static final class Answers implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> expected = new ConcurrentHashMap<>();
    private final List<String> errors = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();

    CompletableFuture<JsonNode> expect(int id) {
      return expected.computeIfAbsent(id, i -> new CompletableFuture<>());
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        try {
          JsonNode node = MAPPER.readTree(message);
          if (node.has("id")) {
            expect(node.path("id").asInt()).complete(node);
          } else if (node.path("method").asText().equals("Runtime.exceptionThrown")) {
            errors.add(node.path("params").path("exceptionDetails").toString());
          }
        } catch (IOException e) {
          errors.add(message);
        }
      }
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}

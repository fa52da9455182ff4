// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.temporal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Temporal server on this machine that outlives this process: Temporal's own development server
 * with a file as its database, on loopback. What is known of it lies in a folder, a file per port.
 */
public final class LocalServer {
  private static final Pattern VERSION = Pattern.compile("temporal version (\\S+)");
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 20;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path home;
  private final int port;

  /**
   * The server of a port, which may not be there.
   *
   * @param home the folder in which it is written down
   */
  public LocalServer(Path home, int port) {
    this.home = home;
    this.port = port;
  }

  /**
   * A server that was started.
   *
   * @param started when the process began, in milliseconds since 1970: process numbers come again
   */
  public record Running(long pid, long started, int port, String database, String log) {

    /** Where it answers. */
    public String address() {
      return "127.0.0.1:" + port;
    }

    /** Whether it does. */
    public boolean answers() {
      return TemporalServer.answers(address());
    }
  }

  /** The server, if it was started and its process lives. */
  public Optional<Running> find() {
    Path file = file();
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Running running = MAPPER.readValue(file.toFile(), Running.class);
      return process(running).isPresent() ? Optional.of(running) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // damaged: as if nothing had been started
    }
  }

  private static Optional<ProcessHandle> process(Running running) {
    return ProcessHandle.of(running.pid())
        .filter(ProcessHandle::isAlive)
        .filter(found -> begun(found) == running.started());
  }

  private static long begun(ProcessHandle process) {
    return process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param executable Temporal's own command line, of which {@code server start-dev} is used
   * @param database its file; null for one beside what is written down, named after the version
   */
  public Running start(Path executable, @Nullable Path database) {
    try {
      mustBeFree();
      Files.createDirectories(home);
      Path file =
          database == null
              ? home.resolve("temporal-%s-%d.db".formatted(version(executable), port))
              : database.toAbsolutePath();
      Path log = home.resolve("temporal-%d.log".formatted(port));
      Process process =
          new ProcessBuilder(command(executable, file))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
      Running running =
          new Running(
              process.pid(), begun(process.toHandle()), port, file.toString(), log.toString());
      write(running);
      awaitAnswer(process, running);
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With what was measured to matter: a chain of nodes costs a sixth of what it does without. */
  private List<String> command(Path executable, Path database) {
    return List.of(
        executable.toString(),
        "server",
        "start-dev",
        "--headless",
        "--ip",
        "127.0.0.1",
        "--port",
        String.valueOf(port),
        "--db-filename",
        database.toString(),
        "--log-level",
        "error",
        "--sqlite-pragma",
        "journal_mode=WAL",
        "--sqlite-pragma",
        "synchronous=NORMAL",
        "--dynamic-config-value",
        "history.transferProcessorMaxPollRPS=200",
        "--dynamic-config-value",
        "history.timerProcessorMaxPollRPS=200",
        // One line for all that wait: of several, each has its own order of priorities. What an
        // older server left in others is still read.
        "--dynamic-config-value",
        "matching.numTaskqueueWritePartitions=1");
  }

  private void mustBeFree() throws IOException {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      probe.setReuseAddress(true);
    } catch (java.net.BindException e) {
      throw new ServerTrouble(
          "something else listens on port " + port + " already",
          TemporalServer.answers("127.0.0.1:" + port)
              ? "it answers as a Temporal server: use it with `--temporal 127.0.0.1:" + port + "`"
              : "choose another with `--port N`",
          e);
    }
  }

  private static String version(Path executable) throws IOException {
    Process process =
        new ProcessBuilder(executable.toString(), "--version").redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(said);
    if (!version.find()) {
      throw new ServerTrouble(
          executable + " is not Temporal's command line: it does not say its version",
          "name another with PLUMB_TEMPORAL",
          null);
    }
    return version.group(1);
  }

  private void awaitAnswer(Process process, Running running) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      if (running.answers()) {
        return;
      }
    }
    process.destroy();
    throw new ServerTrouble(
        "the Temporal server does not start: " + lastWords(Path.of(running.log())),
        "its log is " + running.log(),
        null);
  }

  private static String lastWords(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1);
  }

  /** Stops it; returns whether it was there. */
  public boolean stop() throws InterruptedException {
    Optional<ProcessHandle> found = find().flatMap(LocalServer::process);
    if (found.isEmpty()) {
      return false;
    }
    ProcessHandle process = found.get();
    process.destroy();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    while (process.isAlive() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    if (process.isAlive()) {
      process.destroyForcibly();
    }
    return true;
  }

  private Path file() {
    return home.resolve("temporal-" + port + ".json");
  }

  private void write(Running running) throws IOException {
    Path aside = home.resolve("temporal-" + port + ".json.new");
    Files.write(aside, MAPPER.writeValueAsBytes(running));
    Files.move(aside, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Temporal's command line: the one that is named, else the first on the path. */
  public static Path executable(Map<String, String> environment) {
    String named = environment.getOrDefault("PLUMB_TEMPORAL", "");
    if (!named.isEmpty()) {
      Path path = Path.of(named);
      if (!Files.isExecutable(path) || Files.isDirectory(path)) {
        throw new ServerTrouble(
            "PLUMB_TEMPORAL names no executable file: " + named, "see where it is", null);
      }
      return path;
    }
    for (String folder :
        environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
      Path path = Path.of(folder.isEmpty() ? "." : folder).resolve("temporal");
      if (Files.isExecutable(path) && !Files.isDirectory(path)) {
        return path;
      }
    }
    throw new ServerTrouble(
        "there is no Temporal server on this machine: no `temporal` on the PATH",
        "install Temporal's command line (https://docs.temporal.io/cli) or name it with"
            + " PLUMB_TEMPORAL; `plumb run` without `--temporal` needs none",
        null);
  }
}

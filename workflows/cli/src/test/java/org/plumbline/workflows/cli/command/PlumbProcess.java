// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The command as users start it: a process of its own, through the launcher of the build. */
public final class PlumbProcess {

  private static final Path LAUNCHER = Path.of("target/plumb/bin/plumb").toAbsolutePath();
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final Process process;
  private final Path out;
  private final Path err;

  private PlumbProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** What a process that has ended left. */
  public record Ended(int code, String out, String err) {
    public JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  /** Starts a command in a folder. */
  public static PlumbProcess start(Path folder, String... arguments) throws IOException {
    // A checkpoint at every step: then a stage of a second can be killed in its middle.
    return start(
        Map.of("PLUMB_JAVA_OPTS", "-Dplumb.checkpoint.millis=0"), folder, List.of(arguments));
  }

  /** Starts a command in a folder, with these variables of the environment. */
  public static PlumbProcess start(
      Map<String, String> variables, Path folder, List<String> arguments) throws IOException {
    return startBy(LAUNCHER, variables, folder, arguments);
  }

  /** Starts a command of another build. */
  public static PlumbProcess startBy(
      Path launcher, Map<String, String> variables, Path folder, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(arguments);
    return start(folder, command, variables);
  }

  private static PlumbProcess start(
      Path folder, List<String> command, Map<String, String> variables) throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.putAll(variables);
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("PLUMB_CACHE", folder.resolve("cache").toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.remove("PLUMB_STORE");
    environment.remove("JAVA_TOOL_OPTIONS");
    return new PlumbProcess(builder.start(), out, err);
  }

  /**
   * Starts a command that gets no more than so many kilobytes of address space.
   *
   * @param options for Java, whose reservations count, too
   */
  public static Ended runLimited(Path folder, long kilobytes, String options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                "ulimit -v " + kilobytes + " && exec /bin/sh \"$0\" \"$@\"",
                LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    return start(folder, command, Map.of("PLUMB_JAVA_OPTS", options)).await();
  }

  /** Starts a command and waits for its end. */
  public static Ended run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    return start(folder, arguments).await();
  }

  public Ended await() throws IOException, InterruptedException {
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("still running after " + LONGEST + ": " + Files.readString(err));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** What {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What {@code kill -STOP} and {@code kill -CONT} do. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** What it has said so far on stderr. */
  public String narration() throws IOException {
    return Files.readString(err);
  }

  /** What {@code kill} does. */
  public void terminate() {
    process.destroy();
  }

  /** Waits until one of these nodes has saved a checkpoint of at least step 2, and says which. */
  public String awaitCheckpoint(Path store, Map<String, String> keys, List<String> nodes)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(LONGEST);
    while (Instant.now().isBefore(end)) {
      for (String node : nodes) {
        if (newest(store.resolve("checkpoints").resolve(keys.getOrDefault(node, "?"))) >= 2) {
          return node;
        }
      }
      if (!process.isAlive()) {
        throw new AssertionError("it ended before the checkpoint: " + Files.readString(err));
      }
      Thread.sleep(2);
    }
    throw new AssertionError("no checkpoint of any: " + Files.readString(err));
  }

  /** Waits until a node has saved a checkpoint of at least this step. */
  public void awaitCheckpoint(Path store, String key, long step)
      throws IOException, InterruptedException {
    Path folder = store.resolve("checkpoints").resolve(key);
    Instant end = Instant.now().plus(LONGEST);
    while (Instant.now().isBefore(end)) {
      if (newest(folder) >= step) {
        return;
      }
      if (!process.isAlive()) {
        throw new AssertionError("it ended before the checkpoint: " + Files.readString(err));
      }
      Thread.sleep(2);
    }
    throw new AssertionError("no checkpoint of step " + step + ": " + Files.readString(err));
  }

  /** Waits until it has said this on stderr. */
  public void awaitNarration(String text) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(LONGEST);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      if (Files.readString(err).contains(text)) {
        return;
      }
      Thread.sleep(5);
    }
    throw new AssertionError("it never said `" + text + "`: " + Files.readString(err));
  }

  private static long newest(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return -1;
    }
    long newest = -1;
    try (Stream<Path> checkpoints = Files.list(folder)) {
      for (Path checkpoint : checkpoints.toList()) {
        @Nullable Path name = checkpoint.getFileName();
        String text = String.valueOf(name);
        newest =
            text.matches("\\d{12}-\\d+")
                ? Math.max(newest, Long.parseLong(text.substring(0, 12)))
                : newest;
      }
    } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException e) {
      return newest; // it is just being replaced
    }
    return newest;
  }
}

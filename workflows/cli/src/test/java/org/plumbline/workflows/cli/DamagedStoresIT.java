// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plumbline.workflows.cli.command.PlumbProcess;

/**
 * Stores in which one thing is wrong, whatever it is: no command hangs or is at fault, nothing
 * outside of the store is touched, and a run ends in the same artifacts or in words.
 *
 * <p>{@code mvn verify} tries some; {@code -Dplumb.damaged.stores=200} tries each kind of file and
 * folder in each way, and {@code -Dplumb.damaged.seed} others.
 */
class DamagedStoresIT {

  private static final int STORES = Integer.getInteger("plumb.damaged.stores", 8);
  private static final long SEED = Long.getLong("plumb.damaged.seed", 8);
  private static final Duration LONGEST = Duration.ofSeconds(100);

  private static final String DONE = "done.plumb.yaml";
  private static final String OPEN = "open.plumb.yaml";
  private static final String ONLY = "compare.recipes=[sft]";

  private static final List<String[]> READING =
      List.of(
          line("runs"),
          line("runs", "--format", "json"),
          line("show", "latest"),
          line("show", "latest:base"),
          line("plan", DONE, "-D", ONLY),
          line("plan", OPEN, "-D", ONLY),
          line("why", DONE + ":sft", "-D", ONLY),
          line("why", "latest:base"),
          line("compare", "latest"),
          line("export", "latest:sft", "-o", "exported", "--force"),
          line("export", "latest:demos", "-o", "exported-rows.jsonl"),
          line("doctor"));

  private static final List<String[]> RUNNING =
      List.of(
          line("resume", "latest"),
          line("run", OPEN, "-D", ONLY),
          line("run", DONE, "-D", ONLY),
          line("compare", "latest", "-o", "report.html"),
          line("runs"));

  @TempDir private Path temp;
  private Path original;
  private Map<String, String> expected;

  private static String[] line(String... words) {
    return words;
  }

  /** One run that has finished, one that was killed, in one store; and what both must come to. */
  @BeforeEach
  void makeStore() throws Exception {
    temp = temp.toRealPath();
    original = Files.createDirectory(temp.resolve("original"));
    TinySpec.write(original);
    String spec = Files.readString(original.resolve(TinySpec.NAME));
    Files.writeString(original.resolve(DONE), spec.replace("name: tiny", "name: done"));
    Files.writeString(
        original.resolve(OPEN),
        spec.replace("name: tiny", "name: open")
            .replace("steps: 40, batch_size: 4 } }\ndata", "steps: 50, batch_size: 4 } }\ndata"));
    String[] undisturbed = {"run", OPEN, "-D", ONLY, "--store", "whole"};
    assertThat(PlumbProcess.run(original, undisturbed).code()).isZero();
    assertThat(PlumbProcess.run(original, "run", DONE, "-D", ONLY).code()).isZero();
    PlumbProcess killed = PlumbProcess.start(original, "run", OPEN, "-D", ONLY);
    killed.awaitCheckpoint(original.resolve(".plumb"), keyOfBase(), 2);
    killed.kill();
    expected =
        artifacts(Said.by(original, "show", "latest", "--store", "whole", "--format", "json"));
    expected.putAll(artifacts(Said.by(original, "show", run(DONE), "--format", "json")));
    StoreDamage.remove(original.resolve("whole"));
    // The looks since then have deleted what the killed one was preparing.
    Path dead = original.resolve(".plumb/tmp/4711-01234567-89ab-cdef-0123-456789abcdef/1");
    Files.writeString(Files.createDirectories(dead).resolve("x"), "x");
    for (String left : List.of("tmp", "checkpoints", "locks", "runs", "nodes", "artifacts")) {
      assertThat(original.resolve(".plumb").resolve(left)).isNotEmptyDirectory();
    }
  }

  private String run(String spec) throws IOException {
    for (JsonNode run : Said.by(original, "runs", "--format", "json").json().get("runs")) {
      if (run.get("spec").asText().equals(spec)) {
        return run.get("run").asText();
      }
    }
    throw new AssertionError("no run of " + spec);
  }

  private String keyOfBase() throws IOException {
    for (JsonNode node :
        Said.by(original, "plan", OPEN, "-D", ONLY, "--format", "json").json().get("nodes")) {
      if (node.get("id").asText().equals("base@1")) {
        return node.get("key").asText();
      }
    }
    throw new AssertionError("no base");
  }

  private static Map<String, String> artifacts(Said show) throws IOException {
    Map<String, String> artifacts = new TreeMap<>();
    JsonNode run = show.json();
    for (JsonNode node : run.get("nodes")) {
      artifacts.put(
          run.get("name").asText() + " " + node.get("id").asText(), node.get("artifact").asText());
    }
    return artifacts;
  }

  @Test
  void noDamageHangsIsAFaultOrTouchesAnythingElse() throws Exception {
    List<String> faults = new ArrayList<>();
    int number = 0;
    int same = 0;
    for (StoreDamage damage : StoreDamage.some(STORES, SEED)) {
      Path folder = copy(original, temp.resolve("damaged-" + number));
      Path precious = Files.createDirectory(temp.resolve("precious-" + number++));
      Files.writeString(precious.resolve("x"), "years of work");
      Files.createDirectories(precious.resolve("photos/summer"));
      Files.writeString(precious.resolve("photos/summer/1.jpg"), "sea");
      Path part = damage.inflict(folder.resolve(".plumb"), precious);
      String what = damage.how() + " " + part;
      Map<String, String> before = look(folder, precious);
      int found = faults.size();
      same += use(folder, what, faults) ? 1 : 0;
      if (!look(folder, precious).equals(before)) {
        faults.add(
            what
                + ": something outside of the store has changed: "
                + before
                + " -> "
                + look(folder, precious));
      }
      if (faults.size() == found) {
        StoreDamage.remove(folder);
      }
    }

    System.out.printf("%d damaged stores, %d came to the same artifacts%n", number, same);
    assertThat(faults).isEmpty();
  }

  /** Does everything with a store; returns whether both experiments came to their artifacts. */
  private boolean use(Path folder, String what, List<String> faults) throws Exception {
    for (String[] command : READING) {
      judge(say(folder, command), what, command, faults);
    }
    boolean all = true;
    for (String[] command : RUNNING) {
      Said said = say(folder, command);
      judge(said, what, command, faults);
      if (command[0].equals("run") && said.code() == 0) {
        Map<String, String> made =
            artifacts(say(folder, line("show", "latest", "--format", "json")));
        made.forEach(
            (node, artifact) -> {
              if (!artifact.equals(expected.get(node))) {
                faults.add(what + ": " + node + " has another artifact");
              }
            });
      } else if (command[0].equals("run")) {
        all = false;
      }
    }
    return all;
  }

  private static void judge(Said said, String what, String[] command, List<String> faults) {
    String line = what + ": plumb " + String.join(" ", command) + " -> " + said.code();
    if (said.code() < 0 || said.code() > 4) {
      faults.add(line + "\n" + said.err());
    } else if (said.code() != 0 && said.err().isBlank() && !command[0].equals("doctor")) {
      faults.add(line + " without a word");
    }
  }

  /** In this process, which a fault of the command does not survive either. */
  private static Said say(Path folder, String[] command) throws InterruptedException {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      return thread
          .submit(() -> Said.by(folder, command))
          .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return new Said(-1, "", "it hangs");
    } catch (ExecutionException e) {
      return new Said(-2, "", String.valueOf(e.getCause()));
    } finally {
      thread.shutdownNow();
    }
  }

  /** All that is beside the store and that no command was asked to write. */
  private static Map<String, String> look(Path folder, Path precious) throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (Path root : List.of(folder, precious)) {
      try (Stream<Path> all = Files.walk(root)) {
        for (Path path : all.toList()) {
          String name = root.relativize(path).toString();
          if (name.matches("(\\.plumb|exported|report\\.html|exported-rows\\.jsonl)(/.*)?")) {
            continue;
          }
          String text = Files.isRegularFile(path) ? Files.readString(path) : "";
          String time =
              root.equals(folder) && name.isEmpty()
                  ? ""
                  : "" + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
          found.put(root.getFileName() + "/" + name, text.hashCode() + " " + time);
        }
      }
    }
    return found;
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
    return to;
  }
}

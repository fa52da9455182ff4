// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Model folders with one thing wrong in them, opened and used in a process of its own: each opens,
 * or is refused in words; none ends the process, fills its memory, or takes long.
 *
 * <p>{@code mvn verify} tries some; {@code -Dplumb.hostile.models=2000} more, and {@code
 * -Dplumb.hostile.seed} others.
 */
class HostileModelsIT {

  private static final int MODELS = Integer.getInteger("plumb.hostile.models", 120);
  private static final long SEED = Long.getLong("plumb.hostile.seed", 8);

  /** For one model; so much is allowed to a machine that is busy otherwise. */
  private static final long SECONDS = 60;

  private static final String BEGIN = "begin ";
  private static final String FAULT = "fault ";
  private static final String OPENED = "opened";
  private static final String REFUSED = "refused";

  @TempDir private Path folder;

  /** Spoils and uses the models from a number on, and says of each what came of it. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    for (int number = Integer.parseInt(arguments[1]); number < MODELS; number++) {
      Path target = root.resolve("spoiled-" + number);
      String what = HostileModels.spoil(root.resolve("sound"), target, SEED * 1_000_003 + number);
      System.out.println(BEGIN + number + " " + what.replace('\n', ' '));
      try {
        System.out.println(HostileModels.use(target).replace('\n', ' '));
      } catch (RuntimeException | Error e) { // each is a fault, and is told
        System.out.println(FAULT + HostileModels.fault(e).toString().replace('\n', ' '));
      }
      try (Stream<Path> files = Files.walk(target)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void soundModelsOpen() throws IOException {
    HostileModels.write(folder);

    try (Stream<Path> models = Files.list(folder)) {
      assertThat(models).hasSizeGreaterThan(10).allSatisfy(this::opens);
    }
  }

  private void opens(Path model) {
    assertThat(HostileModels.use(model)).isEqualTo(OPENED);
  }

  @Test
  void noModelEndsTheProcess() throws Exception {
    HostileModels.write(Files.createDirectory(folder.resolve("sound")));
    List<String> faults = new ArrayList<>();
    int opened = 0;
    int refused = 0;
    int next = 0;
    while (next < MODELS) {
      Path said = folder.resolve("said-" + next);
      String end = run(next, said);
      List<String> lines = Files.readAllLines(said);
      String last = "";
      for (String line : lines) {
        if (line.startsWith(BEGIN)) {
          last = line;
          next = Integer.parseInt(line.split(" ")[1]) + 1;
        } else if (line.startsWith(FAULT)) {
          faults.add(last + "\n  " + line);
        }
        opened += line.startsWith(OPENED) ? 1 : 0;
        refused += line.startsWith(REFUSED) ? 1 : 0;
      }
      if (!end.isEmpty()) {
        faults.add(last + "\n  " + end + "\n  " + tail(lines));
        next = Math.max(next, 1);
      }
    }

    System.out.printf("%d hostile models, %d opened, %d refused%n", MODELS, opened, refused);
    assertThat(faults).isEmpty();
    assertThat(opened).isPositive();
    assertThat(refused).isGreaterThan(MODELS / 4);
  }

  private static String tail(List<String> lines) {
    return String.join("\n  ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
  }

  /** Runs a process from a model on; returns how it ended if that was not well. */
  private String run(int from, Path said) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx768m",
                    "-XX:+UseSerialGC",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=" + folder.resolve("crash.log"),
                    "-Dplumb.hostile.models=" + MODELS,
                    "-Dplumb.hostile.seed=" + SEED,
                    "-cp",
                    System.getProperty("java.class.path"),
                    HostileModelsIT.class.getName(),
                    folder.toString(),
                    String.valueOf(from)))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    long before = -1;
    while (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      long size = Files.size(said);
      if (size == before) {
        process.destroyForcibly().waitFor();
        return "it took more than " + SECONDS + " s";
      }
      before = size;
    }
    return process.exitValue() == 0 ? "" : "the process ended with " + process.exitValue();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * One thing that is wrong with a store.
 *
 * @param part which kind of file or folder, as a pattern of its path in the store
 * @param how what is done to it
 * @param seed which file of that kind, and where in it
 */
record StoreDamage(String part, How how, long seed) {

  /** What may be done to a file or folder. */
  enum How {
    FLIP,
    TRUNCATE,
    EMPTY,
    NULL,
    NOTHING,
    WRONG,
    FILE,
    FOLDER,
    PIPE,
    LINK
  }

  private static final List<How> OF_FILES =
      List.of(
          How.FLIP, How.TRUNCATE, How.EMPTY, How.NULL, How.NOTHING, How.FOLDER, How.PIPE, How.LINK);
  private static final List<How> OF_FOLDERS = List.of(How.EMPTY, How.FILE, How.PIPE, How.LINK);

  private static final List<String> FILES =
      List.of(
          "format",
          "nodes/[0-9a-f]{64}\\.json",
          "inputs/[0-9a-f]{64}\\.json",
          "runs/[0-9a-f]+/run\\.json",
          "runs/[0-9a-f]+/plan\\.json",
          "runs/[0-9a-f]+/nodes\\.jsonl",
          "runs/[0-9a-f]+/events\\.jsonl",
          "runs/[0-9a-f]+/comparison\\.json",
          "runs/[0-9a-f]+/comparison\\.json\\.sha256",
          "runs/[0-9a-f]+/report\\.html",
          "artifacts/sha256/../[0-9a-f]+/manifest\\.json",
          "artifacts/sha256/../[0-9a-f]+/(?!manifest\\.json).*",
          "checkpoints/[0-9a-f]{64}/[-\\d]+/manifest\\.json",
          "checkpoints/[0-9a-f]{64}/[-\\d]+/(?!manifest\\.json).*",
          "locks/[0-9a-f]{64}\\.lock",
          "locks/experiment-.*\\.lock",
          "locks/experiment-.*\\.json");

  private static final List<String> FOLDERS =
      List.of(
          "tmp",
          "tmp/[^/]+",
          "locks",
          "nodes",
          "inputs",
          "runs",
          "runs/[0-9a-f]+",
          "artifacts",
          "artifacts/sha256",
          "artifacts/sha256/..",
          "artifacts/sha256/../[0-9a-f]+",
          "checkpoints",
          "checkpoints/[0-9a-f]{64}",
          "checkpoints/[0-9a-f]{64}/\\d+");

  private static final String NO_SESSIONS = "\"sessions\" : [ ]";

  /** So many: each kind of file and folder in each way, then by chance; the order is by chance. */
  static List<StoreDamage> some(int count, long seed) {
    Random random = new Random(seed);
    List<StoreDamage> all = new ArrayList<>();
    for (String part : FILES) {
      OF_FILES.forEach(how -> all.add(new StoreDamage(part, how, random.nextLong())));
    }
    for (String part : FOLDERS) {
      OF_FOLDERS.forEach(how -> all.add(new StoreDamage(part, how, random.nextLong())));
    }
    all.add(new StoreDamage(FILES.get(2), How.WRONG, random.nextLong()));
    while (all.size() < count) {
      String part = FILES.get(random.nextInt(FILES.size()));
      How how = OF_FILES.get(random.nextInt(2));
      all.add(new StoreDamage(part, how, random.nextLong()));
    }
    Collections.shuffle(all, random);
    return List.copyOf(all.subList(0, count));
  }

  private List<Path> candidates(Path store) throws IOException {
    try (Stream<Path> all = Files.walk(store)) {
      List<Path> candidates =
          all.filter(path -> store.relativize(path).toString().matches(part))
              .filter(path -> Files.isDirectory(path) == FOLDERS.contains(part))
              .sorted()
              .toList();
      assertThat(candidates).as(part).isNotEmpty();
      return candidates;
    }
  }

  /**
   * Does it.
   *
   * @param precious a folder outside of the store, which links lead to; it holds {@code x}
   * @return the path that was damaged, relative to the store
   */
  Path inflict(Path store, Path precious) throws IOException, InterruptedException {
    Random random = new Random(seed);
    List<Path> candidates = candidates(store);
    Path victim = candidates.get(random.nextInt(candidates.size()));
    boolean folder = Files.isDirectory(victim);
    switch (how) {
      case FLIP -> {
        byte[] bytes = Files.readAllBytes(victim);
        if (bytes.length > 0) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(victim, bytes);
      }
      case TRUNCATE -> {
        byte[] bytes = Files.readAllBytes(victim);
        int kept = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        Files.write(victim, Arrays.copyOf(bytes, kept));
      }
      case NULL -> Files.writeString(victim, "null");
      case NOTHING -> Files.writeString(victim, "{}");
      case WRONG -> {
        String text = Files.readString(victim);
        Files.writeString(
            victim,
            text.replaceAll("(?s)\"sessions\" : \\[.*?\\]", NO_SESSIONS)
                .replaceAll(",?\\s*\"seal\" : \"[0-9a-f]*\"", ""));
      }
      case EMPTY -> {
        if (folder) {
          remove(victim);
          Files.createDirectory(victim);
        } else {
          Files.write(victim, new byte[0]);
        }
      }
      case FILE -> {
        remove(victim);
        Files.writeString(victim, "a file", StandardCharsets.UTF_8);
      }
      case FOLDER -> {
        remove(victim);
        Files.createDirectories(victim.resolve("in-it"));
      }
      case PIPE -> {
        remove(victim);
        assertThat(new ProcessBuilder("mkfifo", victim.toString()).start().waitFor()).isZero();
      }
      case LINK -> {
        remove(victim);
        Files.createSymbolicLink(victim, folder ? precious : precious.resolve("x"));
      }
    }
    return store.relativize(victim);
  }

  static void remove(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}

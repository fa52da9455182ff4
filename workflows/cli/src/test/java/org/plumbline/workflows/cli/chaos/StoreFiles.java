// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A store as files: its own, or those in which a server keeps a bucket.
 *
 * @param address as users name it
 */
record StoreFiles(String address, Path root, boolean bucket) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether the result of a node is there. */
  boolean committed(String digest) {
    Path path =
        bucket
            ? root.resolve("artifacts").resolve(digest + ".json")
            : root.resolve("artifacts/sha256")
                .resolve(digest.substring(0, 2))
                .resolve(digest.substring(2));
    return Files.exists(path);
  }

  /** Whether the record of a node is there. */
  boolean finished(String key) {
    return Files.exists(root.resolve("nodes").resolve(key + ".json"));
  }

  /** The step of the newest checkpoint of a node; -1 if there is none. */
  long checkpoint(String key) {
    Path folder = root.resolve("checkpoints").resolve(key);
    long newest = -1;
    try (Stream<Path> checkpoints = Files.list(folder)) {
      for (Path checkpoint : checkpoints.toList()) {
        String name = String.valueOf(checkpoint.getFileName());
        if (name.matches("\\d{12}-\\d+") && whole(checkpoint)) {
          newest = Math.max(newest, Long.parseLong(name.substring(0, 12)));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return newest; // there is none, or it is just being replaced
    }
    return newest;
  }

  /** In a bucket the manifest comes last. */
  boolean whole(Path checkpoint) {
    return !bucket || Files.exists(checkpoint.resolve("manifest.json"));
  }

  /** When each node finished, by name. */
  Map<String, Instant> finished() throws IOException {
    Map<String, Instant> finished = new HashMap<>();
    for (Path file : files("nodes")) {
      if (file.toString().endsWith(".json")) {
        JsonNode record = JSON.readTree(file.toFile());
        finished.put(record.get("id").asText(), Instant.parse(record.get("finished").asText()));
      }
    }
    return finished;
  }

  /** How many runs there are. */
  int runs() throws IOException {
    Path folder = root.resolve("runs");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> runs = Files.list(folder)) {
      return (int) runs.filter(run -> Files.exists(run.resolve("run.json"))).count();
    }
  }

  /** That a process began to compute a node. */
  record Start(String node, Instant time, String by) {}

  /** All of them, in all runs. */
  List<Start> starts() throws IOException {
    List<Start> starts = new ArrayList<>();
    for (Path file : files("runs")) {
      boolean events =
          bucket
              ? String.valueOf(file.getParent()).endsWith("/events")
              : file.endsWith("events.jsonl");
      for (String line : events ? Files.readAllLines(file) : List.<String>of()) {
        if (line.contains("\"node-started\"")) {
          JsonNode event = JSON.readTree(line);
          starts.add(
              new Start(
                  event.get("node").asText(),
                  Instant.parse(event.get("time").asText()),
                  event.get("by").asText()));
        }
      }
    }
    return starts;
  }

  private List<Path> files(String part) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(part))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}

package org.plumbline.workflows.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.plumbline.engine.store.Secrets;
import org.plumbline.engine.store.StageContext.FolderWriter;
import org.plumbline.workflows.cli.console.Refusal;

/**
 * A folder that an export goes into. Files are made aside and moved in at the end, so that a
 * failure leaves nothing half-written.
 *
 * @param path where it is
 */
record ExportFolder(Path path) {

  /** The file that says where an export comes from, and which files belong to it. */
  static final String PROVENANCE = "provenance.json";

  /**
   * A folder to write into.
   *
   * @param force whether an earlier export there may be replaced
   */
  static ExportFolder of(Path path, boolean force) throws IOException {
    Path folder = path.toAbsolutePath().normalize();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw Refusal.mistake("`" + path + "` is a file", "name a folder with `-o DIR`");
    }
    if (isEmpty(folder)) {
      return new ExportFolder(folder);
    }
    if (!force) {
      throw Refusal.mistake(
          "`" + path + "` is not empty, and nothing is overwritten",
          "name another folder with `-o DIR`, or give `--force`");
    }
    if (!Files.isRegularFile(folder.resolve(PROVENANCE))) {
      throw Refusal.mistake(
          "`" + path + "` holds other things than an export of plumb",
          "name another folder with `-o DIR`: `--force` replaces exports only");
    }
    return new ExportFolder(folder);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /**
   * Writes files, and one that says where they come from; what an earlier export left goes.
   *
   * @return the files, with their sizes
   */
  List<String> write(FolderWriter writer, Map<String, Object> about) throws IOException {
    Path parent = path.getParent();
    Path aside = Files.createTempDirectory(Files.createDirectories(parent), ".export-");
    try {
      writer.write(aside);
      List<Path> files = files(aside);
      List<String> names =
          files.stream().map(file -> aside.relativize(file).toString()).sorted().toList();
      List<String> sizes = new ArrayList<>();
      for (String name : names) {
        sizes.add(Phrase.left(name, 28) + " " + size(Files.size(aside.resolve(name))));
      }
      Map<String, Object> provenance = new LinkedHashMap<>(about);
      provenance.put("files", names);
      Files.writeString(aside.resolve(PROVENANCE), Secrets.mask(Json.pretty(provenance)) + "\n");
      removeEarlier();
      for (Path file : files(aside)) {
        Path target = path.resolve(aside.relativize(file));
        Files.createDirectories(target.getParent());
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
      return sizes;
    } finally {
      remove(aside);
    }
  }

  private void removeEarlier() throws IOException {
    Path provenance = path.resolve(PROVENANCE);
    if (!Files.exists(provenance)) {
      return;
    }
    JsonNode earlier = new ObjectMapper().readTree(Files.readAllBytes(provenance));
    for (JsonNode file : earlier.path("files")) {
      Path old = path.resolve(file.asText()).normalize();
      // a damaged list must not lead out of the folder
      if (old.startsWith(path)) {
        Files.deleteIfExists(old);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path at : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(at);
      }
    }
  }

  private static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000 ? bytes / 1000 + " kB" : "%.1f MB".formatted(bytes / 1e6);
  }
}

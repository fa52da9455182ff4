// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.plumbline.engine.run.StageContext.FolderWriter;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.Deletion;
import org.plumbline.engine.store.disk.PreparedFile;
import org.plumbline.engine.store.record.Secrets;
import org.plumbline.workflows.cli.console.Json;
import org.plumbline.workflows.cli.console.Refusal;
import org.plumbline.workflows.cli.page.Phrase;

/**
 * A folder that an export goes into. Files are made aside and moved in at the end, so that a
 * failure leaves nothing half-written. Nothing is replaced or deleted but the files of an earlier
 * export, and below the folder no link is followed.
 *
 * @param path where it is
 */
public record ExportFolder(Path path) {

  /** The file that says where an export comes from, and which files belong to it. */
  static final String PROVENANCE = "provenance.json";

  /**
   * A folder to write into.
   *
   * @param force whether an earlier export there may be replaced
   */
  public static ExportFolder of(Path path, boolean force) throws IOException {
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
    if (!Files.isRegularFile(folder.resolve(PROVENANCE), LinkOption.NOFOLLOW_LINKS)) {
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
  public List<String> write(FolderWriter writer, Map<String, Object> about) throws IOException {
    boolean there = Files.isDirectory(path);
    Path beside = there ? path : Objects.requireNonNull(path.getParent());
    try (PreparedFile aside = PreparedFile.in(Files.createDirectories(beside))) {
      Path made = Files.createDirectory(aside.path());
      writer.write(made);
      List<String> names = names(made);
      List<String> sizes = new ArrayList<>();
      for (String name : names) {
        sizes.add(Phrase.left(name, 28) + " " + size(Files.size(made.resolve(name))));
      }
      Map<String, Object> provenance = new LinkedHashMap<>(about);
      provenance.put("files", names);
      Files.writeString(made.resolve(PROVENANCE), Secrets.mask(Json.pretty(provenance)) + "\n");
      Path target = Files.createDirectories(path).toRealPath();
      List<String> all = names(made);
      List<String> earlier = earlier(target);
      mustBeFree(target, all, earlier);
      Deletion deletion = Deletion.below(target);
      for (String name : earlier) {
        deletion.delete(DeletablePaths.EXPORTED, target.resolve(name));
      }
      for (String name : all) {
        Path file = target.resolve(name);
        Files.createDirectories(file.getParent());
        Files.move(made.resolve(name), file); // fails if anything is there
      }
      return sizes;
    }
  }

  /** The files of an earlier export. Its list may have been written by anybody. */
  private static List<String> earlier(Path folder) throws IOException {
    Path provenance = folder.resolve(PROVENANCE);
    if (!Files.exists(provenance)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (JsonNode file : listed(provenance)) {
      if (!DeletablePaths.EXPORTED.named(file.asText())) {
        throw Refusal.mistake(
            "`" + provenance + "` lists `" + file.asText() + "`, which no export makes",
            "name another folder with `-o DIR`");
      }
      names.add(file.asText());
    }
    names.add(PROVENANCE);
    return names;
  }

  private static JsonNode listed(Path provenance) throws IOException {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(provenance)).path("files");
    } catch (JsonProcessingException e) {
      throw Refusal.mistake(
          "`" + provenance + "` is damaged, and so nobody knows which files are of the export",
          "name another folder with `-o DIR`");
    }
  }

  private static void mustBeFree(Path folder, List<String> wanted, List<String> earlier) {
    for (String name : wanted) {
      Path file = folder.resolve(name);
      Path parent = Objects.requireNonNull(file.getParent());
      boolean link = !parent.equals(folder) && Files.isSymbolicLink(parent);
      if (link || (!earlier.contains(name) && Files.exists(file, LinkOption.NOFOLLOW_LINKS))) {
        throw Refusal.mistake(
            "`" + (link ? parent : file) + "` is not of the earlier export",
            "move it away, or name another folder with `-o DIR`");
      }
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000 ? bytes / 1000 + " kB" : "%.1f MB".formatted(bytes / 1e6);
  }
}

package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which nodes have finished, by key. */
public final class NodeRecords {
  private final Path home;
  private final Scratch scratch;
  private final Disk disk;

  NodeRecords(Path root, Scratch scratch, Disk disk) {
    this.home = root.resolve("nodes");
    this.scratch = scratch;
    this.disk = disk;
  }

  /** The record of the node with this key, if it has finished. Its artifact may be gone. */
  public Optional<NodeRecord> find(String key) {
    Path file = file(key);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      NodeRecord record = StoreJson.read(file, NodeRecord.class);
      return record.key().equals(key) ? Optional.of(record) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // damaged: the node counts as not finished, and is computed anew
    }
  }

  /** Up to so many records, newest first. */
  List<NodeRecord> newest(int count) throws IOException {
    record Dated(Path file, FileTime time) {}
    List<Dated> files = new ArrayList<>();
    for (Path file : Scratch.list(home)) {
      files.add(new Dated(file, Files.getLastModifiedTime(file)));
    }
    files.sort(Comparator.comparing(Dated::time).reversed());
    List<NodeRecord> records = new ArrayList<>();
    for (Dated dated : files.subList(0, Math.min(count, files.size()))) {
      String name = String.valueOf(dated.file().getFileName());
      find(name.replace(".json", "")).ifPresent(records::add);
    }
    return records;
  }

  void put(NodeRecord record) throws IOException {
    disk.createFolders(home);
    scratch.replace(file(record.key()), StoreJson.pretty(record));
  }

  void remove(String key) throws IOException {
    disk.delete(file(key));
  }

  private Path file(String key) {
    return home.resolve(key + ".json");
  }
}

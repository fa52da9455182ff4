// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.Quarantine;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;

/** Which nodes have finished, by key. */
public final class NodeRecords {
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  private final Path home;
  private final StoreLayout ground;
  private final StagingArea scratch;

  public NodeRecords(StoreLayout ground, StagingArea scratch) {
    this.home = ground.at("nodes");
    this.ground = ground;
    this.scratch = scratch;
  }

  /**
   * The record of the node with this key, if it has finished and the record can be read. Its
   * artifact may be gone.
   */
  public Optional<NodeRecord> find(String key) {
    try {
      return read(key);
    } catch (IOException e) {
      return Optional.empty(); // counts as not finished; whoever decides what runs says why
    }
  }

  /**
   * The record of the node with this key, if it has finished.
   *
   * @throws IOException if there is a record that cannot be read
   */
  public Optional<NodeRecord> read(String key) throws IOException {
    Path file = file(key);
    try {
      if (!MisplacedFile.isFile(file)) {
        return Optional.empty();
      }
      NodeRecord record = StoreJson.readSealed(file, NodeRecord.class);
      if (!record.key().equals(key)) {
        throw new IOException("it is the record of another node");
      }
      return Optional.of(record);
    } catch (NoSuchFileException e) {
      return Optional.empty(); // another process has just removed it
    }
  }

  /** Up to so many records, newest first. */
  public List<NodeRecord> newest(int count) throws IOException {
    record Dated(Path file, long time) {}
    List<Dated> files = new ArrayList<>();
    for (Path file : StagingArea.list(home)) {
      // Of one that another process has just removed this is 0, where others would fail.
      files.add(new Dated(file, file.toFile().lastModified()));
    }
    files.sort(Comparator.comparingLong(Dated::time).reversed());
    List<NodeRecord> records = new ArrayList<>();
    for (Dated dated : files.subList(0, Math.min(count, files.size()))) {
      String name = String.valueOf(dated.file().getFileName());
      String key = name.replace(".json", "");
      if (KEY.matcher(key).matches()) {
        find(key).ifPresent(records::add);
      }
    }
    return records;
  }

  public void put(NodeRecord record) throws IOException {
    ground.createFolders(home);
    scratch.replace(file(record.key()), StoreJson.sealed(record));
  }

  /** Removes a record; if something else is in its place, that is put out of the way. */
  public void remove(String key) throws IOException {
    if (Files.isRegularFile(file(key), LinkOption.NOFOLLOW_LINKS)) {
      ground.delete(DeletablePaths.NODE_RECORD, file(key));
    } else {
      Quarantine.of(ground).take(file(key), key + ".json");
    }
  }

  private Path file(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not the key of a node: " + key);
    }
    return home.resolve(key + ".json");
  }
}

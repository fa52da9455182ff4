// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which nodes have finished, by key. */
public final class NodeRecords {
  private static final String END = ".json";
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  private final Records records;

  /** Those that are kept as these records. */
  public NodeRecords(Records records) {
    this.records = records;
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
    return kept(key).map(Kept::record);
  }

  /**
   * A record as it was found.
   *
   * @param version changes whenever it is written
   */
  public record Kept(NodeRecord record, String version) {}

  /**
   * The record of the node with this key, if it has finished, and its version.
   *
   * @throws IOException if there is a record that cannot be read
   */
  public Optional<Kept> kept(String key) throws IOException {
    Records.Found found = records.read(name(key)).orElse(null);
    if (found == null) {
      return Optional.empty();
    }
    NodeRecord record = StoreJson.readSealed(found.content(), NodeRecord.class);
    if (!record.key().equals(key)) {
      throw new IOException("it is the record of another node");
    }
    return Optional.of(new Kept(record, found.version()));
  }

  /** The records of these nodes that can be read, by key. */
  public Map<String, NodeRecord> readAll(List<String> keys) throws IOException {
    Map<String, NodeRecord> found = new HashMap<>();
    List<byte[]> contents = records.readAll(keys.stream().map(NodeRecords::name).toList());
    for (int i = 0; i < keys.size(); i++) {
      whole(keys.get(i), contents.get(i)).ifPresent(record -> found.put(record.key(), record));
    }
    return found;
  }

  private static Optional<NodeRecord> whole(String key, byte[] content) {
    try {
      return Optional.of(StoreJson.readSealed(content, NodeRecord.class))
          .filter(record -> record.key().equals(key));
    } catch (IOException e) {
      return Optional.empty(); // counts as not finished
    }
  }

  /** Up to so many records, newest first. */
  public List<NodeRecord> newest(int count) throws IOException {
    List<Records.Listed> listed = new ArrayList<>(records.list());
    listed.sort(Comparator.comparingLong(Records.Listed::time).reversed());
    List<NodeRecord> newest = new ArrayList<>();
    for (Records.Listed each : listed.subList(0, Math.min(count, listed.size()))) {
      String key = each.name().replace(END, "");
      if (KEY.matcher(key).matches()) {
        find(key).ifPresent(newest::add);
      }
    }
    return newest;
  }

  /** Writes down that a node has finished, unless that is written; says whether it did. */
  public boolean create(NodeRecord record) throws IOException {
    return records.create(name(record.key()), StoreJson.sealed(record));
  }

  /** Writes a record in place of one that was read, unless that has changed or gone meanwhile. */
  public boolean replace(NodeRecord record, String version) throws IOException {
    return records.replace(name(record.key()), version, StoreJson.sealed(record));
  }

  /** Removes a record; if something else is in its place, that is put out of the way. */
  public void remove(String key) throws IOException {
    records.remove(name(key));
  }

  private static String name(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not the key of a node: " + key);
    }
    return key + END;
  }
}

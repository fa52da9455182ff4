// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.plumbline.engine.store.record.Records;

/** Records as objects whose names begin alike. */
final class BucketRecords implements Records {
  private final Bucket bucket;
  private final String folder;

  /** The records in a folder, whose name ends with {@code /}. */
  BucketRecords(Bucket bucket, String folder) {
    this.bucket = bucket;
    this.folder = folder;
  }

  @Override
  public Optional<Found> read(String name) {
    return bucket.get(key(name)).map(found -> new Found(found.content(), found.version()));
  }

  @Override
  public List<byte[]> readAll(List<String> names) {
    return bucket.all(names.stream().map(this::key).toList());
  }

  @Override
  public boolean create(String name, byte[] content) {
    return bucket.create(key(name), content).isPresent();
  }

  @Override
  public boolean replace(String name, String version, byte[] content) {
    return bucket.replace(key(name), version, content).isPresent();
  }

  @Override
  public void put(String name, byte[] content) {
    bucket.put(key(name), content);
  }

  @Override
  public void remove(String name) {
    bucket.delete(List.of(key(name)));
  }

  @Override
  public void removeAll(Collection<String> names) {
    bucket.delete(names.stream().map(this::key).toList());
  }

  @Override
  public List<Listed> list() {
    List<Listed> listed = new ArrayList<>();
    for (Bucket.Listed each : bucket.list(folder)) {
      String name = each.name().substring(folder.length());
      if (NAME.matcher(name).matches()) {
        listed.add(new Listed(name, each.time(), each.size()));
      }
    }
    return listed;
  }

  private String key(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a record: " + name);
    }
    return folder + name;
  }
}

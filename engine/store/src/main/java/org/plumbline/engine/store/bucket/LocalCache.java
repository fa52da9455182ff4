// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.bucket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.plumbline.engine.store.content.FolderBlobs;
import org.plumbline.engine.store.content.Manifest;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.FileMutex;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreLayout;

/**
 * The blobs that this machine has made or read, for all processes that use the store. When they
 * take up too much, those that were used longest ago go, but none that any process may be reading.
 */
final class LocalCache {
  /** Nobody reads one for so long without having opened it again. */
  private static final Duration MAY_BE_READ = Duration.ofHours(12);

  private final StoreLayout ground;
  private final FolderBlobs blobs;
  private final long limit;
  private final Set<String> used = ConcurrentHashMap.newKeySet();

  /**
   * A cache.
   *
   * @param limit how many bytes it may take up
   */
  LocalCache(StoreLayout ground, StagingArea scratch, long limit) throws IOException {
    this.ground = ground;
    this.blobs = new FolderBlobs(ground, scratch);
    this.limit = limit;
  }

  FolderBlobs blobs() {
    return blobs;
  }

  /** A blob that is whole, and its size. */
  private record Kept(Path folder, long bytes, Instant used) {}

  /** Says that this process reads a blob. */
  void used(String digest) {
    if (used.add(digest)) {
      Path folder = home().resolve(digest.substring(0, 2)).resolve(digest.substring(2));
      try {
        Files.setLastModifiedTime(folder.resolve(Manifest.NAME), FileTime.from(Instant.now()));
      } catch (IOException e) {
        return; // it goes earlier than it need to, and is fetched again
      }
    }
  }

  /** Deletes what is too much. */
  void trim() throws IOException {
    try (FileMutex alone = FileMutex.acquire(ground.at(StoreLayout.LOCKS).resolve("cache.lock"))) {
      List<Kept> all = all();
      long bytes = all.stream().mapToLong(Kept::bytes).sum();
      Instant free = Instant.now().minus(MAY_BE_READ);
      for (Kept each : all) {
        if (bytes > limit && each.used().isBefore(free)) {
          ground.delete(DeletablePaths.ARTIFACT, each.folder());
          bytes -= each.bytes();
        }
      }
    }
  }

  private List<Kept> all() throws IOException {
    List<Kept> all = new ArrayList<>();
    for (Path shard : StagingArea.list(home())) {
      for (Path folder : StagingArea.list(shard)) {
        Path manifest = folder.resolve(Manifest.NAME);
        if (Files.isRegularFile(manifest)) {
          long bytes = Manifest.read(folder).files().stream().mapToLong(Manifest.Item::size).sum();
          all.add(new Kept(folder, bytes, Files.getLastModifiedTime(manifest).toInstant()));
        }
      }
    }
    all.sort(Comparator.comparing(Kept::used));
    return all;
  }

  private Path home() {
    return ground.at("artifacts/sha256");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where this process prepares what it then renames into its place. Every process has a folder of
 * its own below {@code tmp}, and a lock that says that it lives; folders of the dead are deleted.
 * What has another name than such folders have is left alone.
 */
public final class StagingArea implements AutoCloseable {
  private static final Pattern OWNER =
      Pattern.compile("\\d{1,10}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path tmp;
  private final Path locks;
  private final StoreLayout ground;
  private final Disk disk;
  private final String token = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
  private final AtomicLong next = new AtomicLong();
  private @Nullable FileMutex alive;

  private StagingArea(StoreLayout ground, Path tmp, Path locks) {
    this.tmp = tmp;
    this.locks = locks;
    this.ground = ground;
    this.disk = ground.disk();
  }

  /** For all that is on the file system of the store itself. */
  public static StagingArea of(StoreLayout ground) {
    return new StagingArea(ground, ground.at(StoreLayout.TMP), ground.locksOf(StoreLayout.TMP));
  }

  /** For a part of the store that lies on another file system, to which nothing can be renamed. */
  public static StagingArea within(StoreLayout ground, String part) {
    Path tmp = ground.at(part + "/" + StoreLayout.TMP);
    return new StagingArea(ground, tmp, tmp);
  }

  /** A path that nobody else uses, in a folder that is there. */
  public Path path() throws IOException {
    return home().resolve(Long.toString(next.incrementAndGet()));
  }

  /** A new empty folder. */
  public Path folder() throws IOException {
    Path folder = path();
    disk.createFolder(folder);
    return folder;
  }

  private synchronized Path home() throws IOException {
    Path home = tmp.resolve(token);
    if (alive == null) {
      ground.createFolders(tmp);
      // The guard keeps others from taking this process for dead before it holds its lock.
      try (FileMutex guard = FileMutex.acquire(guard())) {
        alive = FileMutex.tryAcquire(lock(token)).orElseThrow();
        disk.createFolder(home);
      }
    }
    return home;
  }

  /** Deletes what dead processes left behind. */
  public void clean() throws IOException {
    List<Path> homes = homes();
    if (homes.isEmpty()) {
      return;
    }
    ground.mustBeThere();
    try (FileMutex guard = FileMutex.acquire(guard())) {
      for (Path home : homes) {
        String owner = String.valueOf(home.getFileName());
        Optional<FileMutex> dead = FileMutex.tryAcquire(lock(owner));
        if (dead.isPresent()) {
          try (FileMutex lock = dead.get()) {
            ground.delete(DeletablePaths.PROCESS_FOLDER, home);
          }
          ground.delete(DeletablePaths.PROCESS_LOCK, lock(owner));
        }
      }
    }
  }

  private List<Path> homes() throws IOException {
    List<Path> homes = new ArrayList<>();
    for (Path path : list(tmp)) {
      if (OWNER.matcher(String.valueOf(path.getFileName())).matches()
          && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        homes.add(path);
      }
    }
    return homes;
  }

  /** Deletes something that was prepared here, if it is still there. */
  public void delete(Path prepared) throws IOException {
    ground.delete(DeletablePaths.PREPARED, prepared);
  }

  /**
   * Deletes something of the store as a whole: it is brought here first, so that no half of it is
   * ever seen where it was.
   */
  public void remove(Path path) throws IOException {
    Path gone = path();
    disk.move(path, gone);
    delete(gone);
  }

  /** Deletes if that can be done now; else whoever opens the store after this process does it. */
  public void discard(Path prepared) {
    try {
      delete(prepared);
    } catch (IOException e) {
      return;
    }
  }

  /** Writes a file at once or not at all; an older one is replaced. */
  public void replace(Path file, byte[] bytes) throws IOException {
    Path prepared = path();
    disk.write(prepared, bytes);
    disk.move(prepared, file);
    Path parent = file.getParent();
    if (parent != null) {
      disk.syncFolder(parent);
    }
  }

  /** Writes a file at once unless something has its name; says whether it did. */
  public boolean create(Path file, byte[] bytes) throws IOException {
    Path prepared = path();
    disk.write(prepared, bytes);
    boolean created = disk.name(prepared, file);
    delete(prepared);
    Path parent = file.getParent();
    if (created && parent != null) {
      disk.syncFolder(parent);
    }
    return created;
  }

  /** What is in a folder, sorted; nothing if it is not there, or not a folder but a link to one. */
  public static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of(); // another process has just removed it
    }
  }

  /** All files in a folder of ours and below; nothing of one that has just gone. */
  public static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : list(folder)) {
      if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        files.add(path);
      } else {
        files.addAll(files(path));
      }
    }
    return files;
  }

  private Path guard() {
    return locks.resolve("tmp.lock");
  }

  private Path lock(String owner) {
    return locks.resolve("tmp-" + owner + ".lock");
  }

  /** Gives back the lock that says that this process lives, and cleans nothing. */
  public synchronized void release() throws IOException {
    if (alive != null) {
      alive.close();
      alive = null;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (alive != null) {
      try {
        ground.delete(DeletablePaths.PROCESS_FOLDER, tmp.resolve(token));
      } finally {
        release();
      }
      ground.delete(DeletablePaths.PROCESS_LOCK, lock(token));
    }
  }
}

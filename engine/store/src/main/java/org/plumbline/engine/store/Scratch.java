package org.plumbline.engine.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where this process prepares what it then renames into its place. Every process has a folder of
 * its own below {@code tmp}, and a lock that says that it lives; folders of the dead are deleted.
 */
final class Scratch implements AutoCloseable {
  private final Path tmp;
  private final Path locks;
  private final Disk disk;
  private final String token = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
  private final AtomicLong next = new AtomicLong();
  private @Nullable FileMutex alive;

  Scratch(Path root, Disk disk) {
    this.tmp = root.resolve("tmp");
    this.locks = root.resolve("locks");
    this.disk = disk;
  }

  /** A path that nobody else uses, in a folder that is there. */
  Path path() throws IOException {
    return home().resolve(Long.toString(next.incrementAndGet()));
  }

  /** A new empty folder. */
  Path folder() throws IOException {
    Path folder = path();
    disk.createFolder(folder);
    return folder;
  }

  private synchronized Path home() throws IOException {
    Path home = tmp.resolve(token);
    if (alive == null) {
      disk.createFolders(tmp);
      // The guard keeps others from taking this process for dead before it holds its lock.
      try (FileMutex guard = FileMutex.acquire(guard())) {
        alive = FileMutex.tryAcquire(lock(token)).orElseThrow();
        disk.createFolder(home);
      }
    }
    return home;
  }

  /** Deletes what dead processes left behind. */
  void clean() throws IOException {
    if (!Files.isDirectory(tmp)) {
      return;
    }
    List<Path> homes = list(tmp);
    if (homes.isEmpty()) {
      return;
    }
    try (FileMutex guard = FileMutex.acquire(guard())) {
      for (Path home : homes) {
        String owner = String.valueOf(home.getFileName());
        Optional<FileMutex> dead = FileMutex.tryAcquire(lock(owner));
        if (dead.isPresent()) {
          try (FileMutex lock = dead.get()) {
            deleteTree(home);
          }
          disk.delete(lock(owner));
        }
      }
    }
  }

  /** Deletes one file if it is there. */
  void delete(Path file) throws IOException {
    disk.delete(file);
  }

  /** Deletes a file, or a folder with all that is in it. */
  void deleteTree(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
        disk.delete(each);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Deletes if that can be done now; else whoever opens the store after this process does it. */
  void discard(Path path) {
    try {
      deleteTree(path);
    } catch (IOException e) {
      return;
    }
  }

  /** Writes a file at once or not at all; an older one is replaced. */
  void replace(Path file, byte[] bytes) throws IOException {
    Path prepared = path();
    disk.write(prepared, bytes);
    disk.move(prepared, file);
    Path parent = file.getParent();
    if (parent != null) {
      disk.syncFolder(parent);
    }
  }

  static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private Path guard() {
    return locks.resolve("tmp.lock");
  }

  private Path lock(String owner) {
    return locks.resolve("tmp-" + owner + ".lock");
  }

  /** Gives back the lock that says that this process lives, and cleans nothing. */
  synchronized void release() throws IOException {
    if (alive != null) {
      alive.close();
      alive = null;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (alive != null) {
      try {
        deleteTree(tmp.resolve(token));
      } finally {
        release();
      }
      disk.delete(lock(token));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock between processes (and threads) that the operating system releases if its holder dies.
 *
 * <p>Lock files stay behind, empty: deleting one that another process is about to lock would let
 * two hold it. POSIX drops a process's lock when the process closes <em>any</em> channel on the
 * file, so a file that this process holds is never opened a second time.
 */
public final class FileMutex implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FileMutex(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** The lock, if nobody holds it. */
  public static Optional<FileMutex> tryAcquire(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("not a file in a folder: " + file);
    }
    if (!MisplacedFile.isFolder(parent)) {
      Files.createDirectories(parent);
    }
    Path real = parent.toRealPath().resolve(file.getFileName());
    if (!HELD.add(real)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      MisplacedFile.isFile(real); // to open a pipe waits for whoever reads it
      channel =
          FileChannel.open(
              real, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      locked = channel.tryLock() != null;
      return locked ? Optional.of(new FileMutex(real, channel)) : Optional.empty();
    } finally {
      if (!locked) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(real);
      }
    }
  }

  /** Waits for the lock, which others hold only for moments. */
  public static FileMutex acquire(Path file) throws IOException {
    while (true) {
      Optional<FileMutex> mutex = tryAcquire(file);
      if (mutex.isPresent()) {
        return mutex.get();
      }
      Pause.milliseconds(5);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(file);
    }
  }
}

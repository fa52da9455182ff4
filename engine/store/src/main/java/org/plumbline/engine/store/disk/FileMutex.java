// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock between processes (and threads) that the operating system releases if its holder dies.
 *
 * <p>Lock files stay behind: deleting one that another process is about to lock would let two hold
 * it. POSIX drops a process's lock when the process closes <em>any</em> channel on the file, so a
 * file that this process holds is never opened a second time.
 */
public final class FileMutex implements AutoCloseable {
  private static final int DIGITS = 19;
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final @Nullable Object identity;

  private FileMutex(Path file, FileChannel channel, @Nullable Object identity) {
    this.file = file;
    this.channel = channel;
    this.identity = identity;
  }

  private static @Nullable Object key(Path file) throws IOException {
    return MisplacedFile.at(file).fileKey();
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
              real,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      locked = channel.tryLock() != null;
      return locked ? Optional.of(new FileMutex(real, channel, key(real))) : Optional.empty();
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

  /**
   * Counts how often this file was locked: each holder that calls this gets a larger number than
   * all before it. Not forced to the device: when the machine goes down, so do all holders.
   */
  public long count() throws IOException {
    ByteBuffer found = ByteBuffer.allocate(DIGITS);
    channel.read(found, 0);
    String text = new String(found.array(), 0, found.position(), StandardCharsets.ISO_8859_1);
    // Nothing is in a file that nobody counted on; whoever damages one resets the count.
    long next = text.matches("\\d{1,18}") ? Long.parseLong(text) + 1 : 1;
    ByteBuffer number = ByteBuffer.wrap(Long.toString(next).getBytes(StandardCharsets.ISO_8859_1));
    channel.truncate(number.remaining()).write(number, 0);
    return next;
  }

  /** Whether the file is still there: else another process can make one and lock that. */
  public boolean isThere() throws IOException {
    try {
      return channel.isOpen() && Objects.equals(identity, key(file));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return false;
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

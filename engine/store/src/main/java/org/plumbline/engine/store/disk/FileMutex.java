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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  /** As long as a text may be; all are written with this length, in one piece. */
  private static final int LENGTH = 64;

  /** The byte that is locked: behind the text, which others can read then on every system. */
  private static final long LOCKED = 1L << 30;

  private static final Object GONE = new Object();

  /** Who of this process has which file, or is just trying to get it. */
  private static final Map<Path, Object> HELD = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;
  private final @Nullable Object identity;
  private volatile String text;

  private FileMutex(Path file, FileChannel channel, @Nullable Object identity, String text) {
    this.file = file;
    this.channel = channel;
    this.identity = identity;
    this.text = text;
  }

  /**
   * What became of an attempt to get a lock.
   *
   * @param mutex null if somebody else has it
   * @param text that is in the file then, as far as it can be told
   */
  public record Attempt(@Nullable FileMutex mutex, String text) {}

  /** The lock, if nobody holds it. */
  public static Optional<FileMutex> tryAcquire(Path file) throws IOException {
    return Optional.ofNullable(attempt(file).mutex());
  }

  /** Tries to get the lock. */
  public static Attempt attempt(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("not a file in a folder: " + file);
    }
    if (!MisplacedFile.isFolder(parent)) {
      Files.createDirectories(parent);
    }
    Path real = parent.toRealPath().resolve(file.getFileName());
    Object claim = new Object();
    Object holder = HELD.putIfAbsent(real, claim);
    if (holder != null) {
      return new Attempt(null, holder instanceof FileMutex mutex ? mutex.text() : "");
    }
    Attempt attempt = null;
    try {
      attempt = lock(real);
      return attempt;
    } finally {
      if (attempt == null || attempt.mutex() == null) {
        HELD.remove(real, claim);
      } else {
        HELD.put(real, attempt.mutex());
      }
    }
  }

  private static Attempt lock(Path real) throws IOException {
    // To open a pipe waits for whoever reads it.
    Object before = MisplacedFile.isFile(real) ? key(real) : null;
    FileMutex mutex = null;
    FileChannel channel =
        FileChannel.open(
            real,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      boolean locked = channel.tryLock(LOCKED, 1, false) != null;
      String text = text(channel);
      Object identity = locked ? keyIfThere(real) : null;
      // Another file may just have been put into its place: that is the one to lock.
      if (locked && !GONE.equals(identity) && (before == null || before.equals(identity))) {
        mutex = new FileMutex(real, channel, identity, text);
      }
      return new Attempt(mutex, text);
    } finally {
      if (mutex == null) {
        channel.close();
      }
    }
  }

  private static @Nullable Object keyIfThere(Path file) throws IOException {
    try {
      return key(file);
    } catch (NoSuchFileException e) {
      return GONE; // whoever had it is done with it
    }
  }

  private static @Nullable Object key(Path file) throws IOException {
    return MisplacedFile.at(file).fileKey();
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(LENGTH);
    channel.read(found, 0);
    return new String(found.array(), 0, found.position(), StandardCharsets.ISO_8859_1).strip();
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

  /** What is written in the file. */
  public String text() {
    return text;
  }

  /**
   * Writes something into the file, in place of what is there. Not forced to the device: when the
   * machine goes down, so do all holders.
   */
  public void write(String words) throws IOException {
    byte[] line = (words + " ".repeat(LENGTH)).getBytes(StandardCharsets.ISO_8859_1);
    channel.write(ByteBuffer.wrap(line, 0, LENGTH), 0);
    text = words;
  }

  /** Whether the file is still there: else another process can make one and lock that. */
  public boolean isThere() throws IOException {
    try {
      return channel.isOpen() && Objects.equals(identity, key(file));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return false;
    }
  }

  /**
   * Puts the file, with its lock, into the place of another: whoever has locked that has nothing
   * any more. This object is of no use after it.
   */
  public FileMutex movedTo(Path place) throws IOException {
    Path real = file.resolveSibling(String.valueOf(place.getFileName()));
    FileMutex moved = new FileMutex(real, channel, identity, text);
    Files.move(file, real, StandardCopyOption.ATOMIC_MOVE);
    HELD.put(real, moved);
    HELD.remove(file, this);
    return moved;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(file, this);
    }
  }
}

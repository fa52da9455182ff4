// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Every change that the store makes to its folder, one at a time; tests let each of them fail.
 * Nothing is written through a symbolic link: paths begin with the real path of the store or of a
 * part of it. Deleting is {@link Deletion}'s.
 */
public interface Disk {

  /** The file system. */
  Disk REAL = new Disk() {};

  /** Creates a folder and those above it that are not there, down to the device. */
  default void createFolders(Path folder) throws IOException {
    Path there = folder;
    while (there != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    if (there != null) {
      MisplacedFile.isFolder(there);
      MisplacedFile.requireReal(there);
    }
    Files.createDirectories(folder);
    // A file that is forced to the device is lost all the same if the name of its folder is not.
    for (Path at = folder.getParent();
        there != null && at != null && at.startsWith(there);
        at = at.getParent()) {
      syncFolder(at);
    }
  }

  /** Creates a folder that must not be there. */
  default void createFolder(Path folder) throws IOException {
    requireRealParent(folder);
    Files.createDirectory(folder);
  }

  /** Writes a new file, down to the device. */
  default void write(Path file, byte[] bytes) throws IOException {
    requireRealParent(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      put(channel, bytes);
      channel.force(true);
    }
  }

  /**
   * Copies a file from anywhere to a new one, as long as it is when it is opened; not forced to the
   * device. Nothing goes through the heap.
   */
  default void copy(Path from, Path to) throws IOException {
    requireRealParent(to);
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = in.size();
      for (long at = 0, count = 1; at < size && count > 0; at += count) {
        count = in.transferTo(at, size - at, out); // 0 if it has been cut short meanwhile
      }
    }
  }

  /** Gives a file of the store, which never changes, a second name; or copies it. */
  default void link(Path file, Path to) throws IOException {
    requireRealParent(to);
    MisplacedFile.isFile(file);
    try {
      Files.createLink(to, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      copy(file, to); // other file systems, and those that know no second names or no more of them
    }
  }

  /**
   * Gives a prepared file a name in the store, unless something has it: of several at once one
   * does, on every machine.
   *
   * @return whether it did
   */
  default boolean name(Path prepared, Path file) throws IOException {
    requireRealParent(file);
    try {
      Files.createLink(file, prepared);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // File systems without second names are of one machine, where locks keep others away.
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
  }

  /** Adds to the end of a file; not forced to the device. */
  default void append(Path file, byte[] bytes) throws IOException {
    requireRealParent(file);
    MisplacedFile.isFile(file); // to open a pipe waits for whoever reads it
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND,
            LinkOption.NOFOLLOW_LINKS)) {
      put(channel, bytes);
    }
  }

  /** Forces a file's content to the device. */
  default void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Forces a folder's list of names to the device, where the platform can. */
  default void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows cannot open folders; its renames are in the journal without it.
    }
  }

  /** Renames a file or folder within the store: at once, or not at all. */
  default void move(Path from, Path to) throws IOException {
    requireRealParent(from);
    requireRealParent(to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Is told before each single file or folder is deleted. */
  default void deleting(Path path) {}

  private static void requireRealParent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null) {
      MisplacedFile.requireReal(parent);
    }
  }

  private static void put(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads files of the store: only regular files, never through a link, never more than fits. To open
 * a pipe waits for whoever writes into it.
 */
public final class StoreFile {
  /** Far more than any record: a plan of 13 000 nodes has 35 MB. */
  private static final long LARGEST = 1L << 28;

  private StoreFile() {}

  /** All bytes of a file. */
  public static byte[] read(Path file) throws IOException {
    if (!MisplacedFile.isFile(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try (FileChannel channel = open(file)) {
      long size = channel.size();
      if (size > LARGEST) {
        throw new IOException("it has " + size + " bytes, more than any file of its kind");
      }
      return Channels.newInputStream(channel).readNBytes((int) size);
    }
  }

  /** Whether a file that is not there or is empty or whole ends with a whole line. */
  public static boolean endsWithNewline(Path file) throws IOException {
    if (!MisplacedFile.isFile(file)) {
      return true;
    }
    try (FileChannel channel = open(file)) {
      if (channel.size() == 0) {
        return true;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.read(last, channel.size() - 1);
      return last.get(0) == '\n';
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }
}

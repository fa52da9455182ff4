// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.plumbline.engine.lm.failure.ModelFormatException;

/**
 * A file of a model's directory: only a regular one is ever opened, for a pipe may wait and a
 * device may give for ever, and none is read whole that is larger than any of its kind.
 */
public final class ModelFile {

  private ModelFile() {}

  /** Returns whether anything has that name, even a link that leads nowhere. */
  public static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Returns the size of a regular file, which a link may lead to.
   *
   * @throws ModelFormatException if there is none, or something else
   */
  static long size(Path file) {
    if (!isThere(file)) {
      throw ModelFormatException.unreadable(file, "there is no such file");
    } else if (!Files.exists(file)) {
      throw ModelFormatException.unreadable(file, "it is a symbolic link that leads nowhere");
    } else if (Files.isDirectory(file)) {
      throw ModelFormatException.unreadable(file, "it is a folder, not a file");
    } else if (!Files.isRegularFile(file)) {
      throw ModelFormatException.unreadable(
          file, "it is no regular file, but a pipe, a socket or a device");
    }
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Returns the content of a file that may have so many bytes. */
  public static byte[] read(Path file, long most) {
    long size = size(file);
    if (size > most) {
      throw ModelFormatException.damaged(
          file, "it has " + (size >> 20) + " MiB, more than any file of its kind");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static ModelFormatException unreadable(Path file, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return ModelFormatException.unreadable(file, "there is no such file");
    }
    // such an exception's message is the name once more
    String reason =
        failure instanceof FileSystemException named && named.getReason() == null
            ? failure.getClass().getSimpleName().replaceFirst("Exception$", "")
            : String.valueOf(failure.getMessage());
    return ModelFormatException.unreadable(file, reason);
  }
}

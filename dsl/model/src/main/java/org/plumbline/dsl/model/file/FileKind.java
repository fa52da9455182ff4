// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a path leads to, through links. To open a pipe waits for whoever writes into it, and devices
 * may never end: so this is asked first, and only {@link #FILE} is ever opened.
 */
public enum FileKind {
  /** A regular file. */
  FILE("a file"),
  /** A folder. */
  FOLDER("a folder"),
  /** A pipe that has a name. */
  PIPE("a named pipe"),
  /** An end of a connection. */
  SOCKET("a socket"),
  /** A terminal, a disk, {@code /dev/zero}. */
  DEVICE("a device"),
  /** Something else that is no file. */
  OTHER("a special file"),
  /** Nothing. */
  MISSING("missing"),
  /** A symbolic link to nothing. */
  DANGLING("a symbolic link to nothing"),
  /** A symbolic link that leads back to itself. */
  CIRCLE("a symbolic link that leads back to itself"),
  /** It may not even be looked at. */
  FORBIDDEN("not accessible");

  private static final int TYPE = 0170000;

  private final String noun;

  FileKind(String noun) {
    this.noun = noun;
  }

  /** What stands at a path. */
  public static FileKind of(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        return FILE;
      }
      return attributes.isDirectory() ? FOLDER : special(path);
    } catch (NoSuchFileException e) {
      return throughLink(path) ? DANGLING : MISSING;
    } catch (AccessDeniedException e) {
      return FORBIDDEN;
    } catch (IOException e) {
      // the system has no code of its own for it: "too many levels of symbolic links"
      return throughLink(path) ? CIRCLE : FORBIDDEN;
    }
  }

  private static boolean throughLink(Path path) {
    for (Path at = path; at != null; at = at.getParent()) {
      if (Files.isSymbolicLink(at) && !Files.exists(at)) {
        return true;
      }
    }
    return false;
  }

  private static FileKind special(Path path) {
    try {
      // the file types of stat(2)
      return switch ((Integer) Files.getAttribute(path, "unix:mode") & TYPE) {
        case 0010000 -> PIPE;
        case 0020000, 0060000 -> DEVICE;
        case 0140000 -> SOCKET;
        default -> OTHER;
      };
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return OTHER; // a system without such types
    }
  }

  /** Whether it is a link that leads to nothing that could be read. */
  public boolean isBrokenLink() {
    return this == DANGLING || this == CIRCLE;
  }

  /** What it is, with its article. */
  public String noun() {
    return noun;
  }
}

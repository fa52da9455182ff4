// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Paths without {@code .} and {@code ..} that lead where the system's would: {@code link/../x} is
 * beside what the link leads to, not beside the link.
 */
public final class PlainPath {

  private PlainPath() {}

  /**
   * Whether a text can be a path at all. A zero character ends it for the system, and there are
   * characters that cannot be written in the encoding of its names.
   */
  public static boolean isPath(String text) {
    try {
      Path unused = Path.of(text);
      return true;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The absolute path of the same file. */
  public static Path of(Path path) {
    Path whole = path.toAbsolutePath();
    Path plain = whole.getRoot();
    for (Path part : whole) {
      if (part.toString().equals("..")) {
        Path from = followed(plain);
        plain = from.getParent() == null ? from : from.getParent();
      } else if (!part.toString().equals(".")) {
        plain = plain.resolve(part);
      }
    }
    return plain;
  }

  private static Path followed(Path path) {
    try {
      return Files.isSymbolicLink(path) ? path.toRealPath() : path;
    } catch (IOException e) {
      return path; // whoever opens it says that the link leads nowhere
    }
  }
}

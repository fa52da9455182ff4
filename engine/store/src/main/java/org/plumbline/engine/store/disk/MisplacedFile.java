// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.plumbline.dsl.model.file.FileKind;

/**
 * Something is where a file or folder of ours should be: a link that leads elsewhere, a pipe, a
 * file in place of a folder. It is left alone.
 */
public final class MisplacedFile extends FileSystemException {
  private static final long serialVersionUID = 1L;

  private final String found;

  private MisplacedFile(Path path, String found) {
    super(path.toString(), null, "it is " + found);
    this.found = found;
  }

  public static MisplacedFile of(Path path, BasicFileAttributes attributes) {
    return new MisplacedFile(
        path, attributes.isSymbolicLink() ? "a symbolic link" : FileKind.of(path).noun());
  }

  static MisplacedFile elsewhere(Path path) {
    return new MisplacedFile(path, "on another file system than it was when the store was opened");
  }

  static MisplacedFile foreign(Path link, Path inside) {
    return new MisplacedFile(
        link, "a link to a folder that holds other things, such as " + inside.getFileName());
  }

  static MisplacedFile dangling(Path link) {
    return new MisplacedFile(link, "a symbolic link to what is not there");
  }

  static MisplacedFile circular(Path link) {
    return new MisplacedFile(link, "a symbolic link that leads in a circle");
  }

  static MisplacedFile apart(Path link) {
    return new MisplacedFile(
        link,
        "a link to another file system, from which nothing can be renamed into the store;"
            + " `artifacts` and `checkpoints` may be such links");
  }

  static MisplacedFile gone(Path store) {
    return new MisplacedFile(
        store, "not the store any more that was opened: it was moved or deleted meanwhile");
  }

  static MisplacedFile other(Path path) {
    return new MisplacedFile(path, "not the folder any more that it was when it was opened");
  }

  /** Something among the files of a run that the program has not put there. */
  public static MisplacedFile stranger(Path path) {
    return new MisplacedFile(path, "not a file of a run");
  }

  /** Where it is, and what. */
  public String words() {
    return getFile() + " is " + found;
  }

  /** What a name leads to without following it. */
  public static BasicFileAttributes at(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Whether a regular file is there.
   *
   * @throws MisplacedFile if something else is
   */
  public static boolean isFile(Path path) throws IOException {
    try {
      BasicFileAttributes found = at(path);
      if (!found.isRegularFile()) {
        throw of(path, found);
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Whether a folder is there.
   *
   * @throws MisplacedFile if something else is
   */
  public static boolean isFolder(Path path) throws IOException {
    try {
      BasicFileAttributes found = at(path);
      if (!found.isDirectory()) {
        throw of(path, found);
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Makes sure that no link is on the way to a folder of ours.
   *
   * @param folder below one whose real path is known
   */
  public static void requireReal(Path folder) throws IOException {
    if (folder.toRealPath().equals(folder)) {
      return;
    }
    Path at = folder;
    for (Path up = folder; up != null; up = up.getParent()) {
      at = Files.isSymbolicLink(up) ? up : at;
    }
    throw of(at, at(at));
  }
}

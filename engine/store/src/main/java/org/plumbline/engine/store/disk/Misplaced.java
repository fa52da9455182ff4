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
public final class Misplaced extends FileSystemException {
  private static final long serialVersionUID = 1L;

  private final String found;

  private Misplaced(Path path, String found) {
    super(path.toString(), null, "it is " + found);
    this.found = found;
  }

  public static Misplaced of(Path path, BasicFileAttributes attributes) {
    return new Misplaced(
        path, attributes.isSymbolicLink() ? "a symbolic link" : FileKind.of(path).noun());
  }

  static Misplaced elsewhere(Path path) {
    return new Misplaced(path, "on another file system than it was when the store was opened");
  }

  static Misplaced foreign(Path link, Path inside) {
    return new Misplaced(
        link, "a link to a folder that holds other things, such as " + inside.getFileName());
  }

  static Misplaced dangling(Path link) {
    return new Misplaced(link, "a symbolic link to what is not there");
  }

  static Misplaced circular(Path link) {
    return new Misplaced(link, "a symbolic link that leads in a circle");
  }

  static Misplaced apart(Path link) {
    return new Misplaced(
        link,
        "a link to another file system, from which nothing can be renamed into the store;"
            + " `artifacts` and `checkpoints` may be such links");
  }

  static Misplaced gone(Path store) {
    return new Misplaced(
        store, "not the store any more that was opened: it was moved or deleted meanwhile");
  }

  static Misplaced other(Path path) {
    return new Misplaced(path, "not the folder any more that it was when it was opened");
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
   * @throws Misplaced if something else is
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
   * @throws Misplaced if something else is
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The only place in this program that deletes anything.
 *
 * <p>It deletes below one folder, whose real path, identity and file system are fixed when it is
 * made; only what has a name that this program gives ({@link DeletablePaths}); never through a
 * symbolic link (one that lies in a folder of ours is deleted itself, what it leads to is not
 * touched); and never on another file system. What is not there is no failure. Where the platform
 * has them, folders are held open while they are emptied, so that swapping one for a link meanwhile
 * leads nowhere.
 */
public final class Deletion {
  private final Path root;
  private final String prefix;
  private final @Nullable Object identity;
  private final @Nullable FileStore store;
  private final Consumer<Path> before;
  private final Opener opener;

  /** How the root is opened. */
  @FunctionalInterface
  interface Opener {
    HeldFolder open(Path folder) throws IOException;
  }

  Deletion(Path root, String prefix, Consumer<Path> before, Opener opener) throws IOException {
    this.root = root.toRealPath();
    this.prefix = prefix;
    this.identity = MisplacedFile.at(this.root).fileKey();
    this.store = fileStore(this.root);
    this.before = before;
    this.opener = opener;
  }

  /** Deletions below a folder that the user named; it may be named by a link. */
  public static Deletion below(Path folder) throws IOException {
    return new Deletion(folder, "", path -> {}, HeldFolder::hold);
  }

  /**
   * Deletions below the root or a part of a store.
   *
   * @param prefix where it is in the store: empty for its root, {@code tmp/} for a part
   * @param before is told before each single deletion
   */
  static Deletion inStore(Path folder, String prefix, Consumer<Path> before) throws IOException {
    return new Deletion(folder, prefix, before, HeldFolder::hold);
  }

  /** The file system that a folder is on; null where the platform cannot tell. */
  static @Nullable FileStore fileStore(Path folder) throws IOException {
    try {
      return Files.getFileStore(folder);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      return null; // some containers do not list where their folders are mounted
    }
  }

  /** Whether a folder is on the file system that this is for. */
  boolean sameFileSystem(Path folder) throws IOException {
    return Objects.equals(store, fileStore(folder));
  }

  /** Whether the folder is still the one that it was. */
  boolean isThere() throws IOException {
    try {
      return Objects.equals(identity, MisplacedFile.at(root).fileKey());
    } catch (NoSuchFileException | NotDirectoryException e) {
      return false;
    }
  }

  /** The folder that this deletes below. */
  public Path root() {
    return root;
  }

  /**
   * Deletes a thing if it is there.
   *
   * @throws IllegalArgumentException if it is not below the folder, or its name is not one that
   *     this program gives
   * @throws IOException if something else has its name, or it cannot be deleted
   */
  public void delete(DeletablePaths what, Path path) throws IOException {
    if (!covers(what, path)) {
      throw new IllegalArgumentException(path + " is no " + what + " in " + root);
    }
    Path relative = root.relativize(path);
    try (HeldFolder folder = opener.open(root)) {
      if (!Objects.equals(identity, folder.identity())) {
        throw MisplacedFile.other(root);
      }
      descend(folder, relative, root, what);
    } catch (NoSuchFileException e) {
      return; // gone, it or the whole folder
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Whether a path is below the folder and has a name that this program gives. */
  boolean covers(DeletablePaths what, Path path) {
    return path.startsWith(root)
        && path.equals(path.normalize())
        && what.named(prefix + root.relativize(path).toString().replace('\\', '/'));
  }

  private void descend(HeldFolder folder, Path relative, Path at, DeletablePaths what)
      throws IOException {
    Path name = relative.getName(0);
    Path path = at.resolve(name);
    if (relative.getNameCount() == 1) {
      deleteAs(what.shape(), folder, path);
      return;
    }
    try (HeldFolder inside = enter(folder, path)) {
      descend(inside, relative.subpath(1, relative.getNameCount()), path, what);
    }
  }

  private HeldFolder enter(HeldFolder folder, Path path) throws IOException {
    BasicFileAttributes found = folder.at(path.getFileName());
    if (!found.isDirectory()) {
      throw MisplacedFile.of(path, found);
    }
    if (!sameFileSystem(path)) {
      throw MisplacedFile.elsewhere(path);
    }
    return folder.open(path.getFileName());
  }

  private void deleteAs(DeletablePaths.Shape shape, HeldFolder folder, Path path)
      throws IOException {
    BasicFileAttributes found = folder.at(path.getFileName());
    boolean right =
        switch (shape) {
          case FILE -> found.isRegularFile();
          case EMPTY_FOLDER -> found.isDirectory();
          case TREE -> found.isDirectory() || found.isRegularFile();
        };
    if (!right) {
      throw MisplacedFile.of(path, found);
    }
    if (shape == DeletablePaths.Shape.TREE) {
      deleteTree(folder, path);
    } else if (shape == DeletablePaths.Shape.FILE) {
      before.accept(path);
      folder.deleteFile(path.getFileName());
    } else {
      deleteEmpty(folder, path);
    }
  }

  private void deleteEmpty(HeldFolder folder, Path path) throws IOException {
    before.accept(path);
    try {
      folder.deleteFolder(path.getFileName());
    } catch (DirectoryNotEmptyException e) {
      return; // what is still in it is not ours
    }
  }

  private void deleteTree(HeldFolder folder, Path path) throws IOException {
    Path name = path.getFileName();
    if (folder.at(name).isDirectory()) {
      try (HeldFolder inside = enter(folder, path)) {
        for (Path each : inside.names()) {
          deleteTree(inside, path.resolve(each));
        }
      }
      before.accept(path);
      folder.deleteFolder(name);
      return;
    }
    before.accept(path);
    folder.deleteFile(name);
  }
}

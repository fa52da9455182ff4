// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plumbline.dsl.model.file.FileKind;

/**
 * The digest of what a spec names: a file's content, or all that a folder holds.
 *
 * <p>Symbolic links count by what they lead to, as whoever reads the file sees them: the link of
 * the folder itself, those of files, and those of folders below it. Only regular files are opened.
 */
public final class ContentDigest {

  /** Far more than a model has; a link to the root of a disk ends here. */
  private static final int MOST_ENTRIES = 100_000;

  private ContentDigest() {}

  /**
   * SHA-256, in hex, of a file's content; of a folder, such as a model's, of the names and contents
   * of its files. What is hidden does not count: a repository's history is no part of its model.
   *
   * @throws InputFault if it is neither, or a folder holds what is neither, or a link leads nowhere
   *     or in a circle, or something may not be read
   */
  public static String of(Path path) throws IOException {
    return FileKind.of(path) == FileKind.FOLDER ? folder(path) : file(path);
  }

  private static String folder(Path folder) throws IOException {
    Map<String, String> digests = new HashMap<>();
    for (Path file : files(folder)) {
      // names are the same on every system
      String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
      digests.put(name, file(file));
    }
    return ofFolder(digests);
  }

  /** The digest of a folder whose files have these digests, by their names within it. */
  public static String ofFolder(Map<String, String> digests) {
    StringBuilder content = new StringBuilder();
    for (Path name : digests.keySet().stream().map(Path::of).sorted().toList()) {
      String plain = name.toString().replace(File.separatorChar, '/');
      content.append(digests.get(plain)).append(' ').append(plain).append('\n');
    }
    return Sha256.of(content.toString());
  }

  private static String file(Path file) throws IOException {
    require(file, FileKind.FILE);
    try {
      // files that the system makes up, such as those of /proc, have no size and may never end
      return Files.size(file) == 0 ? Sha256.of("") : Sha256.of(file);
    } catch (AccessDeniedException e) {
      throw forbidden(file);
    }
  }

  /**
   * Fails unless something is what it must be.
   *
   * @throws InputFault if it is not there or is something else
   */
  public static void require(Path path, FileKind wanted) throws InputFault {
    FileKind found = FileKind.of(path);
    if (found == wanted) {
      return;
    }
    if (found == FileKind.MISSING) {
      throw new InputFault(InputFault.Kind.MISSING, path, "is not there");
    } else if (found.isBrokenLink()) {
      throw new InputFault(InputFault.Kind.BROKEN_LINK, path, "is " + found.noun());
    } else if (found == FileKind.FORBIDDEN) {
      throw forbidden(path);
    }
    throw new InputFault(
        InputFault.Kind.NOT_A_FILE, path, "is " + found.noun() + ", not " + wanted.noun());
  }

  private static InputFault forbidden(Path path) {
    return new InputFault(InputFault.Kind.UNREADABLE, path, "may not be read");
  }

  /**
   * The files that count, sorted: all that are not hidden, links followed.
   *
   * @throws InputFault as {@link #of} does
   */
  public static List<Path> files(Path folder) throws IOException {
    Visitor visitor = new Visitor(folder);
    Files.walkFileTree(
        folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    Collections.sort(visitor.files);
    return visitor.files;
  }

  /** Collects what is not hidden. */
  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private int entries;

    Visitor(Path folder) {
      this.folder = folder;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes)
        throws InputFault {
      if (hidden(at)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      count();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws InputFault {
      if (!hidden(file)) {
        require(file, FileKind.FILE);
        count();
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (hidden(file)) {
        return FileVisitResult.CONTINUE;
      } else if (failure instanceof FileSystemLoopException) {
        throw new InputFault(
            InputFault.Kind.BROKEN_LINK,
            file,
            "is a symbolic link to a folder that it lies in itself");
      } else if (failure instanceof AccessDeniedException) {
        throw forbidden(file);
      }
      throw failure;
    }

    /** Also of folders: links can make many of few. */
    private void count() throws InputFault {
      if (++entries > MOST_ENTRIES) {
        throw new InputFault(
            InputFault.Kind.UNREADABLE,
            folder,
            "holds more than " + MOST_ENTRIES + " files and folders, links followed");
      }
    }

    private boolean hidden(Path path) {
      Path name = path.getFileName();
      return !path.equals(folder) && name != null && name.toString().startsWith(".");
    }
  }
}

package org.plumbline.engine.plan;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The digest of what a spec names: a file's content, or all that a folder holds. */
public final class ContentDigest {

  private ContentDigest() {}

  /**
   * SHA-256, in hex, of a file's content; of a folder, such as a model's, of the names and contents
   * of its files. What is hidden does not count: a repository's history is no part of its model.
   */
  public static String of(Path path) throws IOException {
    return Files.isDirectory(path) ? folder(path) : Sha256.of(path);
  }

  private static String folder(Path folder) throws IOException {
    StringBuilder content = new StringBuilder();
    for (Path file : files(folder)) {
      // names are the same on every system
      String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
      content.append(Sha256.of(file)).append(' ').append(name).append('\n');
    }
    return Sha256.of(content.toString());
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            boolean skip = !at.equals(folder) && hidden(at);
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // a link to a file counts: that is how download caches lay out a model
            if (!hidden(file) && Files.isRegularFile(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(files);
    return files;
  }

  private static boolean hidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }
}

package org.plumbline.engine.plan;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files relative to the folder of the spec; each is read once. Not for use by several threads. */
public final class FilesBesideSpec implements InputFiles {
  private final Path folder;
  private final Map<String, FileRef> known = new HashMap<>();

  /** Files relative to this folder. */
  public FilesBesideSpec(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public FileRef read(String written) {
    return known.computeIfAbsent(written, this::digest);
  }

  private FileRef digest(String written) {
    Path file = folder.resolve(written).normalize();
    try {
      String digest = Files.isDirectory(file) ? folderDigest(file) : Sha256.of(file);
      return new FileRef(written, file.toString(), digest);
    } catch (IOException e) {
      throw new UncheckedIOException(written + " cannot be read", e);
    }
  }

  /** The names and contents of all files in a folder, such as a model's, in the order of names. */
  private static String folderDigest(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    StringBuilder content = new StringBuilder();
    for (Path file : files) {
      // Names are the same on every system.
      String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
      content.append(Sha256.of(file)).append(' ').append(name).append('\n');
    }
    return Sha256.of(content.toString());
  }
}

package org.plumbline.engine.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

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
      return new FileRef(written, file.toString(), ContentDigest.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(written + " cannot be read", e);
    }
  }
}

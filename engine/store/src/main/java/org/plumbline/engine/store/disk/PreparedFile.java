// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A file or folder that is prepared beside its place, under a name that nobody else uses. What has
 * not been moved into its place when it is closed is deleted.
 */
public final class PreparedFile implements AutoCloseable {
  private final Deletion deletion;
  private final Path path;

  private PreparedFile(Path folder) throws IOException {
    this.deletion = Deletion.below(folder);
    String name = ".plumb-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    this.path = deletion.root().resolve(name);
  }

  /** A path in a folder; nothing is there yet. */
  public static PreparedFile in(Path folder) throws IOException {
    return new PreparedFile(folder);
  }

  /** A path in the system's folder for temporary files; nothing is there yet. */
  public static PreparedFile temporary() throws IOException {
    return new PreparedFile(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Moves it into its place, at once. A regular file that is there is replaced.
   *
   * @throws IOException if anything else is there: a link, a folder, a device
   */
  public void moveTo(Path place) throws IOException {
    Path folder = place.toAbsolutePath().getParent();
    Path name = place.getFileName();
    if (folder == null || name == null) {
      throw new IllegalArgumentException("not a file in a folder: " + place);
    }
    Path target = folder.toRealPath().resolve(name);
    MisplacedFile.isFile(target); // a rename would replace a device, too
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    deletion.delete(DeletablePaths.ASIDE, path);
  }
}

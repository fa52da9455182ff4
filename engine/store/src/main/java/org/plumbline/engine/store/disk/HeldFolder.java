// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An open folder in which names mean what they meant when it was opened, whoever renames or
 * replaces it meanwhile. Links are never followed.
 */
interface HeldFolder extends Closeable {

  /** Which folder it is; null where the platform cannot tell. */
  @Nullable Object identity() throws IOException;

  /** What a name in it leads to. */
  BasicFileAttributes at(Path name) throws IOException;

  /** A folder in it. */
  HeldFolder open(Path name) throws IOException;

  List<Path> names() throws IOException;

  void deleteFile(Path name) throws IOException;

  void deleteFolder(Path name) throws IOException;

  /** Opens a folder in the best way that the platform has. */
  @SuppressWarnings("StreamResourceLeak") // whoever holds the folder closes it
  static HeldFolder hold(Path folder) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new Held(secure);
    }
    stream.close();
    return Named.of(folder);
  }

  /** By a handle of the system. */
  record Held(SecureDirectoryStream<Path> stream) implements HeldFolder {
    @Override
    public @Nullable Object identity() throws IOException {
      return stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
    }

    @Override
    public BasicFileAttributes at(Path name) throws IOException {
      return stream
          .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes();
    }

    @Override
    public HeldFolder open(Path name) throws IOException {
      return new Held(stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public List<Path> names() {
      List<Path> names = new ArrayList<>();
      stream.forEach(path -> names.add(path.getFileName()));
      return names;
    }

    @Override
    public void deleteFile(Path name) throws IOException {
      stream.deleteFile(name);
    }

    @Override
    public void deleteFolder(Path name) throws IOException {
      stream.deleteDirectory(name);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  /** By its path, where there are no handles: right before each step it is looked at again. */
  record Named(Path folder, @Nullable Object identity) implements HeldFolder {
    static Named of(Path folder) throws IOException {
      BasicFileAttributes found = MisplacedFile.at(folder);
      if (!found.isDirectory()) {
        throw MisplacedFile.of(folder, found);
      }
      return new Named(folder, found.fileKey());
    }

    private Path same() throws IOException {
      MisplacedFile.requireReal(folder);
      if (!Objects.equals(MisplacedFile.at(folder).fileKey(), identity)) {
        throw MisplacedFile.other(folder);
      }
      return folder;
    }

    @Override
    public BasicFileAttributes at(Path name) throws IOException {
      return MisplacedFile.at(same().resolve(name));
    }

    @Override
    public HeldFolder open(Path name) throws IOException {
      return of(same().resolve(name));
    }

    @Override
    public List<Path> names() throws IOException {
      List<Path> names = new ArrayList<>();
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(same())) {
        stream.forEach(path -> names.add(path.getFileName()));
      }
      return names;
    }

    @Override
    public void deleteFile(Path name) throws IOException {
      Files.delete(same().resolve(name));
    }

    @Override
    public void deleteFolder(Path name) throws IOException {
      Files.delete(same().resolve(name));
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}

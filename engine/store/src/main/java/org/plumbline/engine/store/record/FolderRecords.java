// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plumbline.engine.plan.Sha256;
import org.plumbline.engine.store.disk.DeletablePaths;
import org.plumbline.engine.store.disk.FileMutex;
import org.plumbline.engine.store.disk.MisplacedFile;
import org.plumbline.engine.store.disk.Quarantine;
import org.plumbline.engine.store.disk.StagingArea;
import org.plumbline.engine.store.disk.StoreFile;
import org.plumbline.engine.store.disk.StoreLayout;

/** Records as files of one folder of the store. */
public final class FolderRecords implements Records {
  private final Path home;
  private final DeletablePaths deletable;
  private final StoreLayout ground;
  private final StagingArea scratch;

  /**
   * The records in a folder.
   *
   * @param folder its path in the store
   * @param deletable what its files are when they are removed
   */
  public FolderRecords(
      StoreLayout ground, StagingArea scratch, String folder, DeletablePaths deletable) {
    this.home = ground.at(folder);
    this.deletable = deletable;
    this.ground = ground;
    this.scratch = scratch;
  }

  @Override
  public Optional<Found> read(String name) throws IOException {
    Path file = file(name);
    try {
      if (!MisplacedFile.isFile(file)) {
        return Optional.empty();
      }
      byte[] content = StoreFile.read(file);
      return Optional.of(new Found(content, Sha256.of(content)));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // another process has just removed it
    }
  }

  @Override
  public boolean create(String name, byte[] content) throws IOException {
    ground.createFolders(home);
    return scratch.create(file(name), content);
  }

  @Override
  public boolean replace(String name, String version, byte[] content) throws IOException {
    try (FileMutex alone = alone()) {
      if (read(name).filter(found -> found.version().equals(version)).isEmpty()) {
        return false;
      }
      write(name, content);
      return true;
    }
  }

  /** One process at a time compares and writes: no system renames on a condition. */
  private FileMutex alone() throws IOException {
    ground.mustBeThere();
    return FileMutex.acquire(ground.at(StoreLayout.LOCKS).resolve("records.lock"));
  }

  @Override
  public void put(String name, byte[] content) throws IOException {
    if (!isRecord(name)) {
      setAside(name); // a rename would replace a link or a pipe, and fail at a folder
    }
    write(name, content);
  }

  private void write(String name, byte[] content) throws IOException {
    ground.createFolders(home);
    scratch.replace(file(name), content);
  }

  @Override
  public void remove(String name) throws IOException {
    if (isRecord(name)) {
      ground.delete(deletable, file(name));
    } else {
      setAside(name);
    }
  }

  private boolean isRecord(String name) {
    return Files.isRegularFile(file(name), LinkOption.NOFOLLOW_LINKS);
  }

  private void setAside(String name) throws IOException {
    Quarantine.of(ground).take(file(name), name);
  }

  @Override
  public List<Listed> list() throws IOException {
    List<Listed> listed = new ArrayList<>();
    for (Path file : StagingArea.list(home)) {
      String name = String.valueOf(file.getFileName());
      if (NAME.matcher(name).matches()) {
        // Of one that another process has just removed this is 0, where others would fail.
        listed.add(new Listed(name, file.toFile().lastModified(), file.toFile().length()));
      }
    }
    return listed;
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a record: " + name);
    }
    return home.resolve(name);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.plumbline.engine.store.disk.Disk;

/**
 * A disk whose process dies before its n-th change: from then on nothing is changed any more. A
 * write may be cut in its middle, as a real one may.
 */
final class FailingDisk implements Disk {

  /** The process is dead. */
  static final class Died extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final long last;
  private long count;

  FailingDisk(long changesBeforeDeath) {
    this.last = changesBeforeDeath;
  }

  long changes() {
    return count;
  }

  private void live() {
    if (++count > last) {
      throw new Died();
    }
  }

  @Override
  public void createFolders(Path folder) throws IOException {
    live();
    Disk.super.createFolders(folder);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    live();
    Disk.super.createFolder(folder);
  }

  @Override
  public void write(Path file, byte[] bytes) throws IOException {
    cut(bytes, file);
    // Not forced to the device: these tests are about the order of changes, and there are many.
    Files.write(file, bytes, StandardOpenOption.CREATE_NEW);
  }

  @Override
  public void copy(Path from, Path to) throws IOException {
    cut(Files.readAllBytes(from), to);
    Disk.super.copy(from, to);
  }

  @Override
  public void link(Path file, Path to) throws IOException {
    live();
    Disk.super.link(file, to);
  }

  @Override
  public boolean name(Path prepared, Path file) throws IOException {
    live();
    return Disk.super.name(prepared, file);
  }

  @Override
  public void append(Path file, byte[] bytes) throws IOException {
    cut(bytes, file);
    Disk.super.append(file, bytes);
  }

  private void cut(byte[] bytes, Path file) throws IOException {
    if (count == last) {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        channel.write(ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length / 2)));
      }
    }
    live();
  }

  @Override
  public void sync(Path file) throws IOException {
    live();
  }

  @Override
  public void syncFolder(Path folder) {
    live();
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    live();
    Disk.super.move(from, to);
  }

  @Override
  public void deleting(Path path) {
    live();
  }
}

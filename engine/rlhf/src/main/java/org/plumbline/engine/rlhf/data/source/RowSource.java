// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.file.FileKind;

/** The rows of a data file, one after the other, in bounded memory. */
public interface RowSource extends Closeable {

  /** No row may take more than this many bytes (in CSV and JSON arrays: characters). */
  int LONGEST_ROW = 16 << 20;

  /** The next row, or null at the end of the file. */
  @Nullable RawRow next() throws IOException;

  /** What a user should know of how the rows were read, once all of them are. */
  default List<String> notes() {
    return List.of();
  }

  private static byte[] start(InputStream bytes, String name) throws IOException {
    bytes.mark(FileForm.LOOK);
    byte[] start = bytes.readNBytes(FileForm.LOOK);
    bytes.reset();
    FileForm form = FileForm.of(start);
    if (form != null) {
      bytes.close();
      throw DataFailure.otherForm(name, form);
    }
    return start;
  }

  /**
   * Fails unless it is a regular file, which a link may lead to: pipes may wait for ever, and
   * devices may never end.
   */
  static void requireFile(Path path, String name) {
    FileKind kind = FileKind.of(path);
    if (kind != FileKind.FILE) {
      throw DataFailure.notAFile(name, kind);
    }
  }

  /** Fails if the first bytes of a file that should be Parquet are those of another form. */
  static void requireParquet(Path path, String name) throws IOException {
    try (InputStream bytes = Files.newInputStream(path)) {
      FileForm form = FileForm.of(bytes.readNBytes(FileForm.LOOK));
      if (form != null && form != FileForm.PARQUET) {
        throw DataFailure.otherForm(name, form);
      }
    }
  }

  /** The bytes of a file, unpacked if they are gzip's: what counts is the content, not the name. */
  static InputStream open(Path path, String name) throws IOException {
    requireFile(path, name);
    if (Files.size(path) == 0) {
      return InputStream.nullInputStream(); // and so is its digest, whatever the system makes up
    }
    // Closed by the reader that it is handed to.
    InputStream bytes = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    byte[] start = start(bytes, name);
    if (start.length < 2 || start[0] != 0x1f || start[1] != (byte) 0x8b) {
      return bytes;
    }
    try {
      InputStream unpacked = new BufferedInputStream(new GZIPInputStream(bytes, 1 << 16), 1 << 16);
      start(unpacked, name);
      return unpacked;
    } catch (ZipException | EOFException e) {
      bytes.close();
      throw DataFailure.brokenArchive(name);
    }
  }
}

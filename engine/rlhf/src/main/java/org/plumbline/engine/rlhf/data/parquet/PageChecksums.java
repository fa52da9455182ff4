// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.parquet;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32;

/**
 * Verifies the checksums that pages of a file may have, which DuckDB does not look at: without that
 * a flipped bit passes as another text.
 */
final class PageChecksums {
  private static final String CHUNKS =
      """
      SELECT path_in_schema, least(data_page_offset, coalesce(nullif(dictionary_page_offset, 0),
             data_page_offset)), total_compressed_size
      FROM parquet_metadata(?)
      WHERE num_values > 0
      """;
  private static final int BUFFER = 1 << 16;

  /** What a header of a page says that matters here. */
  private static final int SIZE = 3;

  private static final int CHECKSUM = 4;

  private PageChecksums() {}

  /**
   * Reads all pages that have a checksum.
   *
   * @throws UnknownLayoutException if a page is not what it was when it was written
   */
  static void verify(Connection connection, Path file) throws SQLException, IOException {
    try (PreparedStatement query = connection.prepareStatement(CHUNKS);
        SeekableByteChannel channel = Files.newByteChannel(file)) {
      query.setString(1, DuckDb.literally(file));
      try (ResultSet chunks = query.executeQuery()) {
        while (chunks.next()) {
          chunk(channel, chunks.getString(1), chunks.getLong(2), chunks.getLong(3));
        }
      }
    }
  }

  private static void chunk(SeekableByteChannel channel, String column, long start, long length)
      throws IOException {
    long end = start + length;
    if (start < 0 || length < 0 || end > channel.size()) {
      throw new UnknownLayoutException("the pages of `" + column + "` lie outside of the file");
    }
    long at = start;
    while (at < end) {
      channel.position(at);
      // Closing it would close the channel.
      CompactStruct header =
          CompactStruct.read(new BufferedInputStream(Channels.newInputStream(channel), 512));
      long size = header.number(SIZE, -1);
      long page = at + header.length();
      // not the chunk's end: old writers left the headers out of its length
      if (size < 0 || page + size > channel.size()) {
        throw new UnknownLayoutException("a page of `" + column + "` has no true length");
      }
      if (header.has(CHECKSUM)) {
        channel.position(page);
        int found = checksum(Channels.newInputStream(channel), size);
        if (found != (int) header.number(CHECKSUM, 0)) {
          throw new UnknownLayoutException(
              "a page of `" + column + "` is damaged: its checksum is another one");
        }
      }
      at = page + size;
    }
  }

  private static int checksum(InputStream bytes, long size) throws IOException {
    CRC32 checksum = new CRC32();
    byte[] buffer = new byte[BUFFER];
    for (long left = size; left > 0; ) {
      int read = bytes.read(buffer, 0, (int) Math.min(BUFFER, left));
      if (read < 0) {
        throw new EOFException();
      }
      checksum.update(buffer, 0, read);
      left -= read;
    }
    return (int) checksum.getValue();
  }
}

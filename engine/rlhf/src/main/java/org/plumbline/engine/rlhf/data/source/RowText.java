// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * The text of a file whose rows may span lines: strict UTF-8 without its byte-order mark, and no
 * more of it for one row than a row may have, so that a quote that is never closed ends early.
 */
final class RowText extends FilterReader {
  /** What a parser may have read ahead of the row that it is at. */
  private static final int AHEAD = 1 << 16;

  private final Path path;
  private final String name;
  private long sinceRow;
  private RowPlace row;

  private RowText(Reader text, Path path, String name) {
    super(text);
    this.path = path;
    this.name = name;
    this.row = new RowPlace(name, 1, 0);
  }

  static RowText open(Path path, String name) throws IOException {
    Reader text =
        new BufferedReader(new InputStreamReader(RowSource.open(path, name), decoder()), 1 << 16);
    RowText rows = new RowText(text, path, name);
    try {
      text.mark(1);
      if (text.read() != '\uFEFF') {
        text.reset();
      }
      return rows;
    } catch (CharacterCodingException e) {
      rows.close();
      throw DataFailure.notUtf8(rows.firstNotUtf8());
    } catch (ZipException | EOFException e) {
      rows.close();
      throw DataFailure.brokenArchive(name);
    }
  }

  /** A row begins here: what comes counts against its length. */
  void rowAt(RowPlace place) {
    row = place;
    sinceRow = 0;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(char[] buffer, int from, int length) throws IOException {
    int read = super.read(buffer, from, Math.min(length, AHEAD));
    count(Math.max(0, read));
    return read;
  }

  private void count(int read) {
    sinceRow += read;
    if (sinceRow > RowSource.LONGEST_ROW + AHEAD) {
      throw DataFailure.tooLong(row, RowSource.LONGEST_ROW);
    }
  }

  /**
   * Where the file's first bytes are that are no UTF-8. Parsers read ahead, so that they know only
   * the neighbourhood; this reads the file once more.
   */
  RowPlace firstNotUtf8() throws IOException {
    return firstNotUtf8(path, name);
  }

  static RowPlace firstNotUtf8(Path path, String name) throws IOException {
    CharsetDecoder decoder = decoder();
    ByteBuffer in = ByteBuffer.allocate(1 << 16);
    CharBuffer out = CharBuffer.allocate(1 << 16);
    long line = 1;
    long column = 1;
    try (InputStream bytes = RowSource.open(path, name)) {
      boolean end = false;
      while (!end) {
        int read = bytes.read(in.array(), in.position(), in.remaining());
        end = read < 0;
        in.position(in.position() + Math.max(0, read)).flip();
        CoderResult result = decoder.decode(in, out, end);
        out.flip();
        while (out.hasRemaining()) {
          boolean feed = out.get() == '\n';
          line += feed ? 1 : 0;
          column = feed ? 1 : column + 1;
        }
        if (result.isError()) {
          return new RowPlace(name, line, column);
        }
        in.compact();
        out.clear();
      }
    }
    return new RowPlace(name, line, 0);
  }

  static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}

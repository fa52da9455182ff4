// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Rows of a file with one JSON object per line. Blank lines separate nothing and are passed. */
public final class JsonLines implements RowSource {
  private final String name;
  private final InputStream bytes;
  private final CharsetDecoder decoder = RowText.decoder();
  private final byte[] chunk = new byte[1 << 16];
  private int at;
  private int end;
  private byte[] line = new byte[1 << 12];
  private int length;
  private long number;

  /** Opens a file; {@code name} is what messages call it. */
  public JsonLines(Path path, String name) throws IOException {
    this.name = name;
    this.bytes = RowSource.open(path, name);
  }

  @Override
  public @Nullable RawRow next() throws IOException {
    while (readLine()) {
      String text = decode();
      if (!text.isBlank()) {
        return parse(text);
      }
    }
    return null;
  }

  private RawRow parse(String text) throws IOException {
    RowPlace place = new RowPlace(name, number, 0);
    try (JsonParser parser = RowValues.strict().createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw DataFailure.notAnObject(place, RowValues.kind(first));
      }
      RawRow row = new RawRow(place, RowValues.object(parser));
      if (parser.nextToken() != null) {
        int column = parser.currentTokenLocation().getColumnNr();
        throw DataFailure.malformed(
            new RowPlace(name, number, column), "something follows the object on its line");
      }
      return row;
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getColumnNr());
      throw DataFailure.malformed(new RowPlace(name, number, column), RowValues.reason(e));
    }
  }

  /** Reads up to the next line feed; false at the end of the file. */
  private boolean readLine() throws IOException {
    length = 0;
    number++;
    boolean any = false;
    while (at < end || fill()) {
      any = true;
      int feed = at;
      while (feed < end && chunk[feed] != '\n') {
        feed++;
      }
      append(feed - at);
      at = feed;
      if (at < end) {
        at++;
        return true;
      }
    }
    return any;
  }

  private boolean fill() throws IOException {
    try {
      at = 0;
      end = Math.max(0, bytes.read(chunk));
      return end > 0;
    } catch (ZipException | EOFException e) {
      throw DataFailure.brokenArchive(name);
    }
  }

  private void append(int count) {
    if (length + count > LONGEST_ROW) {
      throw DataFailure.tooLong(new RowPlace(name, number, 0), LONGEST_ROW);
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.min(LONGEST_ROW, Math.max(2 * line.length, length + count)));
    }
    System.arraycopy(chunk, at, line, length, count);
    length += count;
  }

  private String decode() {
    int start = number == 1 && startsWithByteOrderMark() ? 3 : 0;
    ByteBuffer in = ByteBuffer.wrap(line, start, length - start);
    CharBuffer out = CharBuffer.allocate(length - start + 1);
    CoderResult result = decoder.reset().decode(in, out, true);
    if (result.isError()) {
      throw DataFailure.notUtf8(new RowPlace(name, number, out.position() + 1L));
    }
    return out.flip().toString();
  }

  private boolean startsWithByteOrderMark() {
    return length >= 3
        && line[0] == (byte) 0xEF
        && line[1] == (byte) 0xBB
        && line[2] == (byte) 0xBF;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}

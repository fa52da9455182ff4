package org.plumbline.engine.rlhf.data;

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
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Rows of a file with one JSON object per line. Blank lines separate nothing and are passed. */
final class JsonLines implements RowSource {
  private static final int END = -1;

  private final String name;
  private final InputStream bytes;
  private byte[] line = new byte[1 << 12];
  private int length;
  private long number;

  JsonLines(Path path, String name) throws IOException {
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
    Place place = new Place(name, number, 0);
    try (JsonParser parser = ObjectReader.JSON.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw DataFailure.notAnObject(place, ObjectReader.kind(first));
      }
      RawRow row = ObjectReader.read(parser, place);
      if (parser.nextToken() != null) {
        int column = parser.currentTokenLocation().getColumnNr();
        throw DataFailure.malformed(
            new Place(name, number, column), "something follows the object on its line");
      }
      return row;
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      throw DataFailure.malformed(new Place(name, number, column), ObjectReader.reason(e));
    }
  }

  /** Reads up to the next line feed; false at the end of the file. */
  private boolean readLine() throws IOException {
    length = 0;
    number++;
    try {
      int next = bytes.read();
      if (next == END) {
        return false;
      }
      while (next != END && next != '\n') {
        append(next);
        next = bytes.read();
      }
      return true;
    } catch (ZipException | EOFException e) {
      throw DataFailure.brokenArchive(name);
    }
  }

  private void append(int next) {
    if (length == LONGEST_ROW) {
      throw DataFailure.tooLong(new Place(name, number, 0), LONGEST_ROW);
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, Math.min(LONGEST_ROW, 2 * length));
    }
    line[length++] = (byte) next;
  }

  private String decode() {
    int start = number == 1 && startsWithByteOrderMark() ? 3 : 0;
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(line, start, length - start);
    CharBuffer out = CharBuffer.allocate(length - start + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw DataFailure.notUtf8(new Place(name, number, out.position() + 1L));
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

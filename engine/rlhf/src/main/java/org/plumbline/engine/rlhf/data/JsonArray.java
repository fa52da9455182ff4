package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Rows of a file that is one JSON array of objects; never more than one is in memory. */
final class JsonArray implements RowSource {
  private final String name;
  private final Reader text;
  private final JsonParser parser;
  private boolean begun;

  JsonArray(Path path, String name) throws IOException {
    this.name = name;
    this.text =
        new BufferedReader(
            new InputStreamReader(
                RowSource.open(path, name),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    this.parser = ObjectReader.JSON.createParser(text);
  }

  @Override
  public @Nullable RawRow next() throws IOException {
    try {
      return read();
    } catch (JsonProcessingException e) {
      throw DataFailure.malformed(place(e.getLocation()), ObjectReader.reason(e));
    } catch (CharacterCodingException e) {
      // The decoder works ahead of the parser, so only the neighbourhood is known.
      throw DataFailure.notUtf8(place(parser.currentLocation()).wholeLine());
    } catch (ZipException | EOFException e) {
      throw DataFailure.brokenArchive(name);
    }
  }

  private @Nullable RawRow read() throws IOException {
    if (!begun) {
      begun = true;
      skipByteOrderMark();
      JsonToken first = parser.nextToken();
      if (first == null) {
        return null;
      }
      if (first != JsonToken.START_ARRAY) {
        throw DataFailure.malformed(
            place(parser.currentTokenLocation()),
            "expected a list of objects, but found "
                + ObjectReader.kind(first)
                + "; one object per line is read with `jsonl:`");
      }
    }
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_ARRAY) {
      if (parser.nextToken() != null) {
        throw DataFailure.malformed(
            place(parser.currentTokenLocation()), "something follows the list");
      }
      return null;
    }
    if (token == null) {
      throw DataFailure.malformed(place(parser.currentLocation()), "the list is not closed");
    }
    Place place = place(parser.currentTokenLocation());
    if (token != JsonToken.START_OBJECT) {
      throw DataFailure.notAnObject(place, ObjectReader.kind(token));
    }
    return ObjectReader.read(parser, place);
  }

  private Place place(@Nullable JsonLocation at) {
    return at == null
        ? new Place(name, 1, 0)
        : new Place(name, at.getLineNr(), Math.max(0, at.getColumnNr()));
  }

  private void skipByteOrderMark() throws IOException {
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}

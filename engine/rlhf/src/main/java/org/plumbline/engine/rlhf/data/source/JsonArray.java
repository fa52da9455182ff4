// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Rows of a file that is one JSON array of objects; never more than one is in memory. */
public final class JsonArray implements RowSource {
  private final String name;
  private final RowText text;
  private final JsonParser parser;
  private boolean begun;

  /** Opens a file; {@code name} is what messages call it. */
  public JsonArray(Path path, String name) throws IOException {
    this.name = name;
    this.text = RowText.open(path, name);
    this.parser = RowValues.strict().createParser(text);
  }

  @Override
  public @Nullable RawRow next() throws IOException {
    try {
      return read();
    } catch (JsonProcessingException e) {
      throw DataFailure.malformed(place(e.getLocation()), RowValues.reason(e));
    } catch (CharacterCodingException e) {
      throw DataFailure.notUtf8(text.firstNotUtf8());
    } catch (ZipException | EOFException e) {
      throw DataFailure.brokenArchive(name);
    }
  }

  private @Nullable RawRow read() throws IOException {
    if (!begun) {
      begun = true;
      JsonToken first = parser.nextToken();
      if (first == null) {
        return null;
      }
      if (first != JsonToken.START_ARRAY) {
        throw DataFailure.malformed(
            place(parser.currentTokenLocation()),
            "expected a list of objects, but found "
                + RowValues.kind(first)
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
    RowPlace place = place(parser.currentTokenLocation());
    if (token != JsonToken.START_OBJECT) {
      throw DataFailure.notAnObject(place, RowValues.kind(token));
    }
    text.rowAt(place);
    return new RawRow(place, RowValues.object(parser));
  }

  private RowPlace place(@Nullable JsonLocation at) {
    return at == null
        ? new RowPlace(name, 1, 0)
        : new RowPlace(name, at.getLineNr(), Math.max(0, at.getColumnNr()));
  }

  @Override
  public void close() throws IOException {
    parser.close();
    text.close();
  }
}

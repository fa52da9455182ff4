package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads one JSON object off a parser; keeps texts and only the kind of everything else. */
final class ObjectReader {
  static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(RowSource.LONGEST_ROW).build())
          .build();

  private ObjectReader() {}

  /** Reads the object whose opening brace is the parser's current token. */
  static RawRow read(JsonParser parser, Place place) throws IOException {
    Map<String, Object> columns = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      columns.put(
          name, token == JsonToken.VALUE_STRING ? parser.getText() : new RawRow.Other(kind(token)));
      parser.skipChildren();
    }
    return new RawRow(place, columns);
  }

  /** What a token begins, in words. */
  static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> token.name().toLowerCase(Locale.ROOT);
    };
  }

  /** What is wrong, as a sentence that can follow a colon. */
  static String reason(JsonProcessingException failure) {
    String text = failure.getOriginalMessage();
    int end = text.indexOf('\n');
    // What Jackson adds in brackets about its source says less than file and line do.
    String line =
        (end < 0 ? text : text.substring(0, end))
            .replaceAll(" *\\([^()]*\\[Source: .*?line: \\d+, column: \\d+\\]\\)", "");
    return line.isEmpty() ? "cut short" : Character.toLowerCase(line.charAt(0)) + line.substring(1);
  }
}

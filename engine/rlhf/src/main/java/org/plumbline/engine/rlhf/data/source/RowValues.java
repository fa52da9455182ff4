// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON values of rows: read strictly, and named in words. */
public final class RowValues {
  private static final JsonMapper STRICT = JsonMapper.builder(factory().build()).build();

  /** DuckDB writes numbers that are not finite as {@code NaN} and {@code Infinity}. */
  private static final JsonMapper COLUMNS =
      JsonMapper.builder(factory().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build())
          .build();

  private static final Pattern TOKEN = Pattern.compile("^Non-standard token '([^']*)'");
  private static final Pattern LIMIT =
      Pattern.compile("^(.*?)(?: \\(\\d+\\))? exceeds the maximum allowed \\((\\d+)");

  private RowValues() {}

  private static JsonFactoryBuilder factory() {
    return new JsonFactoryBuilder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(2 * RowSource.LONGEST_ROW).build());
  }

  /** Parses what users wrote: nothing beyond JSON is JSON. */
  static JsonFactory strict() {
    return STRICT.getFactory();
  }

  /** Reads the object whose opening brace is the parser's current token. */
  static ObjectNode object(JsonParser parser) throws IOException {
    JsonNode value = STRICT.readTree(parser);
    return (ObjectNode) value;
  }

  /** Parses what a column store gave as JSON. */
  public static JsonFactory columns() {
    return COLUMNS.getFactory();
  }

  /** Reads the value whose first token is the parser's current one. */
  public static JsonNode next(JsonParser parser) throws IOException {
    return COLUMNS.readTree(parser);
  }

  /** Reads one JSON value that stands in a text. */
  public static JsonNode parse(String json) throws IOException {
    try (JsonParser parser = STRICT.getFactory().createParser(json)) {
      JsonNode value = STRICT.readTree(parser);
      if (value == null || parser.nextToken() != null) {
        throw new IOException("not one value");
      }
      return value;
    }
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

  /** What a value is, in words. */
  public static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL, MISSING -> "null";
      case BINARY -> "bytes that are no text";
      case POJO -> throw new AssertionError(value.getNodeType());
    };
  }

  /** What is wrong, as a sentence that can follow a colon. */
  public static String reason(JsonProcessingException failure) {
    String text = String.valueOf(failure.getOriginalMessage());
    int end = text.indexOf('\n');
    // What Jackson adds in brackets about its source says less than file and line do.
    String line =
        (end < 0 ? text : text.substring(0, end))
            .replaceAll(" *\\([^()]*\\[Source: .*?line: \\d+, column: \\d+\\]\\)", "");
    return line.isEmpty() ? "cut short" : inOurWords(line);
  }

  /** What the parser says of its own settings, which users cannot set, said of the text. */
  private static String inOurWords(String line) {
    Matcher token = TOKEN.matcher(line);
    if (token.find()) {
      return "`" + token.group(1) + "` is no number in JSON";
    }
    Matcher limit = LIMIT.matcher(line);
    if (limit.find()) {
      String what = limit.group(1).toLowerCase(Locale.ROOT);
      return what.contains("nesting")
          ? "lists and objects stand more than " + limit.group(2) + " deep in each other"
          : "the " + what + " is more than " + limit.group(2);
    }
    String plain = line.replaceAll(" *\\([^()]*(?:Feature|[a-z]*Constraints)[^()]*\\)", "");
    return Character.toLowerCase(plain.charAt(0)) + plain.substring(1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records as columns of JSON, and back.
 *
 * <p>Reading is strict: a missing number, a wrong type or an unknown column is an {@link
 * OtherColumnsException}.
 */
final class JsonRecords {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private JsonRecords() {}

  /** The columns of a record, in the order of its components. */
  static Map<String, Object> columns(Record row) {
    return MAPPER.convertValue(row, new TypeReference<>() {});
  }

  /** The names of all columns that a record may have. */
  static Set<String> names(Class<? extends Record> type) {
    PropertyNamingStrategies.SnakeCaseStrategy snake =
        new PropertyNamingStrategies.SnakeCaseStrategy();
    return Stream.of(type.getRecordComponents())
        .map(component -> snake.translate(component.getName()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Reads a file that holds one record. */
  static <T extends Record> T read(Path file, Class<T> type) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    return parse(text, String.valueOf(file.getFileName()), type);
  }

  /** Reads a file that holds one record per line. */
  static <T extends Record> List<T> readLines(Path file, Class<T> type) throws IOException {
    List<T> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      rows.add(parse(line, file.getFileName() + ", line " + (rows.size() + 1), type));
    }
    return rows;
  }

  private static <T extends Record> T parse(String text, String where, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonMappingException e) {
      String column =
          e.getPath().stream()
              .map(step -> step.getFieldName() == null ? "[]" : step.getFieldName())
              .collect(Collectors.joining("."));
      throw new OtherColumnsException(
          where + ": `" + column + "`: " + firstLine(e.getOriginalMessage()), e);
    } catch (JsonProcessingException e) {
      throw new OtherColumnsException(
          where + ": not JSON: " + firstLine(e.getOriginalMessage()), e);
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** Insists that a column holds a number or nothing. */
  static void finite(String column, @Nullable Double number) {
    if (number != null && !Double.isFinite(number)) {
      throw new IllegalArgumentException("`" + column + "` is not a finite number: " + number);
    }
  }

  /** Insists that a column holds something. */
  static void present(String column, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("`" + column + "` is missing");
    }
  }
}

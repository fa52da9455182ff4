package org.plumbline.engine.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Plans and their parts as JSON, both ways. */
public final class PlanJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private PlanJson() {}

  /** The JSON text of a plan, a node or any other record of this package. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws UncheckedIOException if the text is something else
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not a " + type.getSimpleName(), e);
    }
  }

  /** The JSON text of a plan as UTF-8. */
  public static byte[] bytes(Plan plan) {
    try {
      return MAPPER.writeValueAsBytes(plan);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: a plan", e);
    }
  }

  /** Reads a plan from a file. */
  public static Plan readPlan(Path file) throws IOException {
    return MAPPER.readValue(Files.readAllBytes(file), Plan.class);
  }

  /** The plain data of a record of this package. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> plain(Object value) {
    return MAPPER.convertValue(value, Map.class);
  }
}

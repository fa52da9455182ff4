// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads and writes a {@link Comparison} as JSON: equal comparisons make equal bytes. */
public final class ComparisonJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // Shortest digits on every JDK: Double.toString differs before 19 (JDK-4511638).
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private ComparisonJson() {}

  /** The comparison as UTF-8 JSON. */
  public static byte[] write(Comparison comparison) {
    try {
      return (MAPPER.writeValueAsString(comparison) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a comparison must always be writable", e);
    }
  }

  /** Read what {@link #write} wrote; unknown fields, and numbers that are not there, are errors. */
  public static Comparison read(byte[] json) throws IOException {
    Comparison comparison = MAPPER.readValue(json, Comparison.class);
    if (comparison == null) {
      throw new IOException("there is nothing in it");
    }
    return comparison;
  }
}

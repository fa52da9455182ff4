// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.util.Map;

/** Reads plain data with whole numbers as {@code Long}, however the reader is configured. */
final class PlainMap extends JsonDeserializer<Map<String, Object>> {
  private static final TypeReference<Map<String, Object>> TYPE = new TypeReference<>() {};

  @Override
  public Map<String, Object> deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    return PlainData.widened(parser.<Map<String, Object>>readValueAs(TYPE));
  }
}

package org.plumbline.engine.rlhf.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two answers of the policy to one prompt.
 *
 * @param pair its number
 * @param one the answer that was drawn first
 * @param two the other answer
 */
record DrawnPair(long pair, String prompt, String one, String two) {

  /** Whether there is nothing to compare. */
  boolean identical() {
    return one.equals(two);
  }

  Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("pair", pair);
    columns.put("prompt", prompt);
    columns.put("one", one);
    columns.put("two", two);
    return columns;
  }

  static DrawnPair of(JsonNode row) {
    return new DrawnPair(
        row.path("pair").asLong(),
        row.path("prompt").asText(),
        row.path("one").asText(),
        row.path("two").asText());
  }
}

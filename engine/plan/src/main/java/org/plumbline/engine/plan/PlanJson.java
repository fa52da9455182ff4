// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  /**
   * Reads a plan from a file's bytes.
   *
   * @throws IOException if they are something else, or a plan whose parts do not fit together
   */
  public static Plan readPlan(byte[] bytes) throws IOException {
    Plan plan = MAPPER.readValue(bytes, Plan.class);
    if (plan == null) {
      throw new IOException("there is nothing in it");
    }
    Map<String, PlanNode> nodes = plan.byId();
    for (PlanNode node : plan.nodes()) {
      if (!nodes.keySet().containsAll(node.needs()) || !node.key().matches("[0-9a-f]{64}")) {
        throw new IOException("the node `" + node.id() + "` does not fit the others");
      }
    }
    for (Plan.End end : plan.ends()) {
      String evaluation = end.evaluation();
      if (!nodes.containsKey(end.policy())
          || (evaluation != null && !nodes.containsKey(evaluation))) {
        throw new IOException("the recipe `" + end.recipe() + "` ends nowhere");
      }
    }
    return plan;
  }

  /** The plain data of a record of this package. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> plain(Object value) {
    return MAPPER.convertValue(value, Map.class);
  }
}

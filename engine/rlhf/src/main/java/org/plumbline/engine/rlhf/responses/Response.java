// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.responses;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody says of an item. */
public sealed interface Response {

  /** What a row says of it. */
  Map<String, Object> columns();

  /**
   * Answers in order.
   *
   * @param best numbers of the item's answers, the best first; a choice has one
   */
  record Ranking(List<Integer> best) implements Response {
    /** Copies the list. */
    public Ranking {
      best = List.copyOf(best);
    }

    @Override
    public Map<String, Object> columns() {
      return Map.of("ranking", best);
    }
  }

  /**
   * A number: a rating of the answer, the step of a scale, or how much better the first answer is.
   */
  record Rating(double number) implements Response {
    @Override
    public Map<String, Object> columns() {
      return Map.of("rating", number);
    }
  }

  /**
   * A class.
   *
   * @param name of the class
   * @param rank among the classes, the wanted one first; -1 for none of them
   */
  record Label(String name, int rank) implements Response {
    @Override
    public Map<String, Object> columns() {
      Map<String, Object> columns = new LinkedHashMap<>();
      columns.put("label", name);
      columns.put("rank", rank);
      return columns;
    }
  }

  /** What a row says; null if its evaluator said nothing. */
  static @Nullable Response of(JsonNode row) {
    if (row.has("ranking")) {
      List<Integer> best = new ArrayList<>();
      row.path("ranking").forEach(number -> best.add(number.asInt()));
      return new Ranking(best);
    } else if (row.has("rating")) {
      return new Rating(row.path("rating").asDouble());
    }
    return row.has("label")
        ? new Label(row.path("label").asText(), row.path("rank").asInt())
        : null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;

/**
 * The metrics of a comparison for other programs: {@code {reference, metrics: [{recipe, metric,
 * seed, value, low, high, n, difference: {value, low, high}}]}}.
 *
 * <p>Every field is always there; what does not exist is null: {@code seed} for the value over all
 * seeds, {@code low} and {@code high} of what is counted or fixed, {@code difference} of the
 * reference. Shares are from 0 to 1.
 */
public final class MetricsJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private MetricsJson() {}

  /** The document, one entry a line. */
  public static String render(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (Metric metric : comparison.metrics()) {
      for (Cell cell : metric.cells()) {
        lines.add(entry(metric, cell, new Row(null, cell.value(), cell.n(), cell.difference())));
        for (Cell.SeedValue s : cell.seeds()) {
          lines.add(entry(metric, cell, new Row(s.seed(), s.value(), s.n(), s.difference())));
        }
      }
    }
    return "{\"reference\":"
        + text(TextNode.valueOf(comparison.reference()))
        + ",\"metrics\":[\n"
        + String.join(",\n", lines)
        + "\n]}\n";
  }

  private record Row(@Nullable Long seed, Interval value, int n, @Nullable Interval difference) {}

  private static String entry(Metric metric, Cell cell, Row row) {
    ObjectNode out = MAPPER.createObjectNode();
    out.put("recipe", cell.recipe());
    out.put("metric", metric.id());
    out.put("seed", row.seed);
    interval(out, row.value);
    out.put("n", row.n);
    Interval difference = row.difference;
    if (difference == null) {
      out.putNull("difference");
    } else {
      interval(out.putObject("difference"), difference);
    }
    return text(out);
  }

  private static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree must always be writable", e);
    }
  }

  private static void interval(ObjectNode out, Interval interval) {
    out.put("value", interval.value());
    out.put("low", interval.low());
    out.put("high", interval.high());
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.plumbline.dsl.model.diagnostic.Printable;
import org.plumbline.engine.report.Curve;

/** What the script needs and the page does not hold: names, and the points of the curves. */
final class ReportData {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ReportData() {}

  static Html of(Page page) {
    ObjectNode data = MAPPER.createObjectNode();
    data.put("reference", page.look(page.reference()).index());
    ArrayNode recipes = data.putArray("recipes");
    page.recipes().forEach(name -> recipes.add(Printable.text(name)));
    ArrayNode bounded = data.putArray("bounded");
    page.recipes().stream()
        .filter(page::bounded)
        .forEach(name -> bounded.add(page.look(name).index()));
    ObjectNode curves = data.putObject("curves");
    for (Curve curve : page.comparison().curves()) {
      ObjectNode out = curves.putObject(curve.id());
      out.put("title", Printable.text(curve.title()));
      out.put("unit", Printable.text(curve.unit()));
      out.put("decimals", curve.decimals());
      ArrayNode lines = out.putArray("lines");
      curve.lines().forEach(line -> line(lines.addObject(), page, curve, line));
    }
    return new Html(safe(data));
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  private static void line(ObjectNode out, Page page, Curve curve, Curve.Line line) {
    out.put("r", page.look(line.recipe()).index());
    ArrayNode steps = out.putArray("steps");
    ArrayNode mean = out.putArray("mean");
    ArrayNode low = out.putArray("low");
    ArrayNode high = out.putArray("high");
    for (Curve.Point p : line.points()) {
      steps.add(p.step());
      add(mean, p.mean(), curve.decimals());
      add(low, p.low(), curve.decimals());
      add(high, p.high(), curve.decimals());
    }
  }

  private static void add(ArrayNode out, double value, int decimals) {
    if (Double.isFinite(value)) {
      out.add(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP));
    } else {
      out.addNull();
    }
  }

  /**
   * JSON in which nothing can end the script element: {@code <}, {@code >} and {@code &} escaped.
   */
  static String safe(JsonNode data) {
    try {
      return safe(MAPPER.writeValueAsString(data));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree must always be writable", e);
    }
  }

  static String safe(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.rewards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plumbline.dsl.model.feedback.RichFeedbackSpec.SpanUnit;
import org.plumbline.engine.rlhf.numerics.Logistic;
import org.plumbline.engine.rlhf.responses.Segments;
import org.plumbline.engine.rlhf.responses.Segments.Segment;

/**
 * The score of an answer whose parts are judged in several respects: with z what the head says of a
 * category c at the last token of part j,
 *
 * <pre>{@code
 * r(c, j) = 2 sigmoid(z) - 1            from -1 (bad) to 1 (good)
 * reward(t) = sum over c of w_c (sum over the parts j that end at token t of r(c, j))
 * }</pre>
 *
 * <p>and the score is the sum of the rewards (Wu et al. 2023, arXiv:2306.01693, section 4).
 *
 * @param unit what a part is
 * @param weights of the categories, in the order of the head's numbers
 */
record SpanReading(SpanUnit unit, Map<String, Double> weights) implements Reading {
  static final String UNIT = "span_unit";
  private static final String WEIGHTS = "span_weights";

  static SpanReading of(JsonNode file) {
    Map<String, Double> weights = new LinkedHashMap<>();
    file.path(WEIGHTS)
        .properties()
        .forEach(weight -> weights.put(weight.getKey(), weight.getValue().asDouble()));
    return new SpanReading(
        SpanUnit.valueOf(file.path(UNIT).asText().toUpperCase(Locale.ROOT)), weights);
  }

  @Override
  public Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put(UNIT, unit.name().toLowerCase(Locale.ROOT));
    columns.put(WEIGHTS, weights);
    return columns;
  }

  @Override
  public int numbers() {
    return weights.size();
  }

  @Override
  public List<Integer> ends(String answer) {
    return Segments.of(answer, unit).stream().map(Segment::end).toList();
  }

  @Override
  public double[] rewards(double[] logits) {
    List<Double> each = new ArrayList<>(weights.values());
    double[] rewards = new double[logits.length / each.size()];
    for (int i = 0; i < logits.length; i++) {
      rewards[i / each.size()] += each.get(i % each.size()) * (2 * Logistic.sigmoid(logits[i]) - 1);
    }
    return rewards;
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.report.AttackSummary;
import org.plumbline.engine.report.Cell;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.FeedbackTable;
import org.plumbline.engine.report.GroupWelfare;
import org.plumbline.engine.report.Interval;
import org.plumbline.engine.report.Metric;
import org.plumbline.engine.report.RewardModelSummary;

/**
 * The metrics of a comparison for other programs: {@code {reference, finding, metrics: [{recipe,
 * metric, seed, value, low, high, n, difference: {value, low, high}, tests: {verdict, p: {raw,
 * holm}, trained: {verdict, value, low, high, p: {raw, holm}}, equal: {margin, p: {raw, holm}},
 * withheld}}], rewards: [{reward, recipes, accuracy, attainable, n, unit, feedback, calibration,
 * slices, gold}], welfare: [{recipe, mean, min, gap, gini, nash}], feedback: [{feedback, kind,
 * recipes, labels, skipped, cost, agreement: {statistic: {value, low, high}}, kappas: [{between,
 * one, other, items, value, low, high}], position_flip_rate}], analysis: {fits, frontier, robust,
 * paired}, attacks: [{recipe, attack, prompts, tries, curve: [{tries, share: {value, low, high}}],
 * transfer: {value, low, high}, strongest: [{seed, prompt, text, answer, transfer}]}]}}.
 *
 * <p>Every field is always there; what does not exist is null: {@code seed} for the value over all
 * seeds, {@code low} and {@code high} of what is counted or fixed, {@code difference} of the
 * reference, {@code tests} of one seed and of what is not tested, {@code equal} where no margin is
 * declared. A p value is given as it is and corrected by Holm's procedure for the number of
 * recipes; verdicts follow from the second. Shares are from 0 to 1. What is said of reward models
 * is a {@link RewardModelSummary}, its names in snake case; so is the {@link
 * org.plumbline.engine.report.Analysis}, which is null where nothing is known that answers are
 * worth.
 */
public final class MetricsJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private static final JsonMapper SNAKE =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private MetricsJson() {}

  /** The document, one entry a line. */
  public static String render(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (Metric metric : comparison.metrics()) {
      for (Cell cell : metric.cells()) {
        ObjectNode all =
            entry(metric, cell, new Row(null, cell.value(), cell.n(), cell.difference()));
        tests(all, cell);
        lines.add(text(all));
        for (Cell.SeedValue s : cell.seeds()) {
          ObjectNode seed =
              entry(metric, cell, new Row(s.seed(), s.value(), s.n(), s.difference()));
          seed.putNull("tests");
          lines.add(text(seed));
        }
      }
    }
    return "{\"reference\":"
        + text(TextNode.valueOf(comparison.reference()))
        + ",\"finding\":"
        + text(TextNode.valueOf(Finding.of(comparison).text().replace(Numbers.NO_BREAK, ' ')))
        + ",\"metrics\":[\n"
        + String.join(",\n", lines)
        + "\n],\"rewards\":["
        + rewards(comparison)
        + "],\"welfare\":["
        + welfare(comparison)
        + "],\"feedback\":["
        + feedback(comparison)
        + "],\"analysis\":"
        + text(SNAKE.valueToTree(comparison.analysis()))
        + ",\"attacks\":["
        + attacks(comparison)
        + "]}\n";
  }

  private static String feedback(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (FeedbackTable table : comparison.feedback()) {
      ObjectNode out = SNAKE.createObjectNode();
      out.put("feedback", table.name());
      out.put("kind", table.kind() == null ? "comparisons" : table.kind());
      out.set("recipes", SNAKE.valueToTree(table.recipes()));
      out.put("labels", table.labels());
      out.put("skipped", table.skipped());
      out.put("cost", table.cost());
      ObjectNode agreement = out.putObject("agreement");
      for (FeedbackTable.Statistic statistic : table.agreement()) {
        interval(agreement.putObject(statistic.name()), statistic.value());
      }
      ArrayNode kappas = out.putArray("kappas");
      for (FeedbackTable.Kappa kappa : table.kappas()) {
        ObjectNode one = kappas.addObject();
        one.put("between", kappa.between());
        one.put("one", kappa.one());
        one.put("other", kappa.other());
        one.put("items", kappa.items());
        interval(one, kappa.value());
      }
      out.put("position_flip_rate", table.flips());
      lines.add(text(out));
    }
    return lines.isEmpty() ? "" : "\n" + String.join(",\n", lines) + "\n";
  }

  private static String welfare(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (GroupWelfare welfare : comparison.welfare()) {
      JsonNode out = SNAKE.valueToTree(welfare);
      lines.add(text(out));
    }
    return lines.isEmpty() ? "" : "\n" + String.join(",\n", lines) + "\n";
  }

  private static String attacks(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (AttackSummary attack : comparison.attacks()) {
      JsonNode out = SNAKE.valueToTree(attack);
      lines.add(text(out));
    }
    return lines.isEmpty() ? "" : "\n" + String.join(",\n", lines) + "\n";
  }

  private static String rewards(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    for (RewardModelSummary model : comparison.rewards()) {
      ObjectNode out = SNAKE.createObjectNode();
      out.put("reward", model.name());
      out.set("recipes", SNAKE.valueToTree(model.recipes()));
      Interval accuracy = model.accuracy();
      if (accuracy == null) {
        out.putNull("accuracy");
      } else {
        interval(out.putObject("accuracy"), accuracy);
      }
      out.put("attainable", model.attainable());
      out.put("n", model.n());
      out.put("unit", model.unit());
      out.set("feedback", SNAKE.valueToTree(model.feedback()));
      out.set("calibration", SNAKE.valueToTree(model.calibration()));
      out.set("slices", SNAKE.valueToTree(model.slices()));
      out.set("gold", SNAKE.valueToTree(model.gold()));
      lines.add(text(out));
    }
    return lines.isEmpty() ? "" : "\n" + String.join(",\n", lines) + "\n";
  }

  private record Row(@Nullable Long seed, Interval value, int n, @Nullable Interval difference) {}

  private static ObjectNode entry(Metric metric, Cell cell, Row row) {
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
    return out;
  }

  private static void tests(ObjectNode out, Cell cell) {
    Cell.Tests tests = cell.tests();
    if (tests == null) {
      out.putNull("tests");
      return;
    }
    ObjectNode node = out.putObject("tests");
    node.put("verdict", cell.verdict().word());
    p(node, tests.p());
    ObjectNode trained = node.putObject("trained");
    trained.put("verdict", tests.trainedVerdict().word());
    interval(trained, tests.trained());
    p(trained, tests.trainedP());
    Cell.P equalP = tests.equalP();
    if (equalP == null) {
      node.putNull("equal");
    } else {
      ObjectNode equal = node.putObject("equal");
      equal.put("margin", tests.margin());
      p(equal, equalP);
    }
    node.put("withheld", tests.withheld());
  }

  private static void p(ObjectNode out, Cell.P p) {
    out.putObject("p").put("raw", p.raw()).put("holm", p.holm());
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

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;

/**
 * One label: who was shown what in which order, and what they said. One row of {@code
 * labels.jsonl}.
 *
 * @param pair the pair's number
 * @param first the answer shown first
 * @param second the answer shown second
 * @param swapped whether the pair's second answer was shown first
 * @param evaluator who
 * @param group the evaluator's group
 * @param preference the probability given to the answer shown first: 1 or 0 for a choice; NaN if
 *     skipped
 * @param equal whether the evaluator called the answers equal; the preference is 1/2 then
 * @param malicious whether harm was done on purpose
 * @param cost what the label cost; a comparison that was skipped costs nothing
 * @param context what else is known of how the label came about
 */
record LabelRow(
    long pair,
    Prompt prompt,
    Answer first,
    Answer second,
    boolean swapped,
    String evaluator,
    String group,
    double preference,
    boolean equal,
    boolean malicious,
    double cost,
    LabelContext context) {

  /** A label of a pair in the order in which it was shown; no preference means it was skipped. */
  static LabelRow of(DrawnPair pair, boolean swapped, Evaluator by, OptionalDouble first) {
    return new LabelRow(
        pair.pair(),
        pair.prompt(),
        swapped ? pair.two() : pair.one(),
        swapped ? pair.one() : pair.two(),
        swapped,
        by.id(),
        by.group(),
        first.orElse(Double.NaN),
        false,
        by.malicious(),
        first.isPresent() ? by.cost() : 0,
        LabelContext.NONE);
  }

  /** The label of somebody who calls the pair's answers equal. */
  static LabelRow equal(DrawnPair pair, boolean swapped, Evaluator by) {
    LabelRow even = of(pair, swapped, by, OptionalDouble.of(0.5));
    return new LabelRow(
        even.pair,
        even.prompt,
        even.first,
        even.second,
        swapped,
        even.evaluator,
        even.group,
        even.preference,
        true,
        even.malicious,
        even.cost,
        LabelContext.NONE);
  }

  /** The label that was skipped, with what is said of it now. */
  LabelRow answered(double preferred, double price) {
    return new LabelRow(
        pair, prompt, first, second, swapped, evaluator, group, preferred, false, malicious, price,
        context);
  }

  /** The same label, of which more is known. */
  LabelRow with(LabelContext more) {
    return new LabelRow(
        pair,
        prompt,
        first,
        second,
        swapped,
        evaluator,
        group,
        preference,
        equal,
        malicious,
        cost,
        more);
  }

  /** Who labels, and what a label of theirs costs. */
  record Evaluator(String id, String group, boolean malicious, double cost) {}

  /** Whether the evaluator said nothing. */
  boolean skipped() {
    return Double.isNaN(preference);
  }

  /** The probability given to the pair's first-drawn answer. */
  double one() {
    return swapped ? 1 - preference : preference;
  }

  Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("pair", pair);
    columns.put("prompt", prompt.json());
    columns.put("first", first.json());
    columns.put("second", second.json());
    columns.put("swapped", swapped);
    columns.put("evaluator", evaluator);
    columns.put("group", group);
    columns.put("choice", choice());
    if (choice().equals("p")) {
      columns.put("p", preference);
    }
    columns.put("malicious", malicious);
    columns.put("cost", cost);
    context.write(columns);
    return columns;
  }

  private String choice() {
    if (skipped()) {
      return "skip";
    } else if (equal) {
      return "equal";
    }
    return preference == 1 ? "first" : preference == 0 ? "second" : "p";
  }

  static LabelRow of(JsonNode row) {
    double preference =
        switch (row.path("choice").asText()) {
          case "first" -> 1;
          case "second" -> 0;
          case "equal" -> 0.5;
          case "p" -> row.path("p").asDouble();
          default -> Double.NaN;
        };
    return new LabelRow(
        row.path("pair").asLong(),
        Prompt.of(row.path("prompt")),
        Answer.of(row.path("first")),
        Answer.of(row.path("second")),
        row.path("swapped").asBoolean(),
        row.path("evaluator").asText(),
        row.path("group").asText(),
        preference,
        row.path("choice").asText().equals("equal"),
        row.path("malicious").asBoolean(),
        row.path("cost").asDouble(),
        LabelContext.of(row));
  }
}

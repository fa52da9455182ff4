// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.plumbline.engine.rlhf.conversation.Answer;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowValues;

/**
 * Rows in which somebody says something of answers other than that one is better or good.
 *
 * <p>Where the row says that nothing was said ({@code skipped}), what would have been said is null.
 */
final class ResponseRows {
  /** What a mark without a value says: that something is wrong, as in Wu et al. 2023. */
  private static final double WRONG = -1;

  private ResponseRows() {}

  static boolean skipped(Fields fields) {
    String skipped = MetadataColumn.SKIPPED.column();
    return fields.has(skipped) && fields.truth(skipped);
  }

  /** Several answers and their ranks. */
  static ObjectNode ranked(Fields fields, Prompt prompt) {
    List<String> answers = several(fields);
    if (skipped(fields)) {
      fields.value("ranks");
      return ranking(prompt, answers).putNull("ranks");
    }
    JsonNode given = fields.list("ranks");
    if (given.size() != answers.size()) {
      throw DataFailure.badValue(
          fields.place(),
          "ranks",
          "one for each of the " + answers.size() + " `completions`",
          given.size() + " of them");
    }
    List<Double> ranks = new ArrayList<>();
    for (JsonNode rank : given) {
      ranks.add(fields.number(rank, "ranks[" + ranks.size() + "]"));
    }
    return ranking(prompt, answers, ranks, fields);
  }

  /** Answers with a rank each. */
  static ObjectNode rankedAnswers(Fields fields, Prompt prompt) {
    JsonNode given = fields.list("answers");
    List<String> answers = new ArrayList<>();
    List<Double> ranks = new ArrayList<>();
    for (JsonNode answer : given) {
      String where = "answers[" + answers.size() + "]";
      answers.add(fields.text(answer.path("answer"), where + ".answer"));
      ranks.add(fields.number(answer.path("rank"), where + ".rank"));
    }
    if (answers.size() < 2) {
      throw DataFailure.badValue(
          fields.place(), "answers", "two answers or more", answers.size() + " of them");
    }
    return ranking(prompt, answers, ranks, fields);
  }

  /** Several answers and the number of the best. */
  static ObjectNode best(Fields fields, Prompt prompt) {
    List<String> answers = several(fields);
    if (skipped(fields)) {
      fields.value("best");
      return ranking(prompt, answers).putNull("ranks");
    }
    double best = fields.number("best");
    if (best != (int) best || best < 0 || best >= answers.size()) {
      throw DataFailure.badValue(
          fields.place(),
          "best",
          "a whole number from 0 to " + (answers.size() - 1),
          DataFailure.number(best));
    }
    List<Double> ranks = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      ranks.add(i == best ? 1.0 : 2.0);
    }
    return ranking(prompt, answers, ranks, fields);
  }

  private static List<String> several(Fields fields) {
    List<String> answers = fields.texts(fields.list("completions"), "completions");
    if (answers.size() < 2) {
      throw DataFailure.badValue(
          fields.place(), "completions", "two answers or more", answers.size() + " of them");
    }
    return answers;
  }

  private static ObjectNode ranking(Prompt prompt, List<String> answers) {
    ObjectNode row = RowShaping.row();
    row.set("prompt", prompt.json());
    ArrayNode texts = row.putArray("completions");
    answers.forEach(texts::add);
    return row;
  }

  private static ObjectNode ranking(
      Prompt prompt, List<String> answers, List<Double> ranks, Fields fields) {
    double last = ranks.stream().mapToDouble(rank -> rank).max().orElseThrow();
    for (int i = 0; i < ranks.size(); i++) {
      double rank = ranks.get(i);
      boolean again = ranks.subList(0, i).contains(rank);
      if (again && (rank < last || ranks.stream().allMatch(other -> other == last))) {
        throw DataFailure.badValue(
            fields.place(),
            "ranks",
            "of different answers different, but for the last place",
            DataFailure.number(rank) + " more than once");
      }
    }
    ObjectNode row = ranking(prompt, answers);
    ArrayNode values = row.putArray("ranks");
    ranks.forEach(values::add);
    return row;
  }

  /** Two answers and what is between them. */
  static ObjectNode slider(Fields fields, Prompt prompt) {
    ObjectNode row = RowShaping.row();
    row.set("prompt", prompt.json());
    row.put("output_1", fields.anyText("output_1"));
    row.put("output_2", fields.anyText("output_2"));
    return number(row, "slider", fields, -1, 1);
  }

  /** An answer and a number for it. */
  static ObjectNode rated(Fields fields, ObjectNode row) {
    return number(row, "rating", fields, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private static ObjectNode number(
      ObjectNode row, String column, Fields fields, double low, double high) {
    if (skipped(fields)) {
      fields.value(column);
      return row.putNull(column);
    }
    double value = fields.number(column);
    if (value < low || value > high) {
      throw DataFailure.badValue(
          fields.place(),
          column,
          "from " + DataFailure.number(low) + " to " + DataFailure.number(high),
          DataFailure.number(value));
    }
    return row.put(column, value);
  }

  /** An answer and its class. */
  static ObjectNode classed(Fields fields, ObjectNode row) {
    if (skipped(fields)) {
      fields.value("class");
      return row.putNull("class");
    }
    return row.put("class", fields.text("class"));
  }

  /** An answer and what was written of it. */
  static ObjectNode remarks(Fields fields, ObjectNode row) {
    if (skipped(fields)) {
      fields.value("feedback");
      return row.putNull("feedback");
    }
    JsonNode said = listed(fields.value("feedback"));
    ArrayNode remarks = row.putArray("feedback");
    if (!said.isArray()) {
      remarks.add(fields.text("feedback"));
      return row;
    }
    for (String remark : fields.texts(said, "feedback")) {
      if (remark.isBlank()) {
        throw DataFailure.emptyText(fields.place(), "feedback[" + remarks.size() + "]");
      }
      remarks.add(remark);
    }
    if (remarks.isEmpty()) {
      throw DataFailure.emptyText(fields.place(), "feedback");
    }
    return row;
  }

  /** A list of texts that a text holds as JSON, as in CSV. */
  private static JsonNode listed(JsonNode value) {
    if (value.isTextual() && value.asText().startsWith("[\"")) {
      try {
        JsonNode list = RowValues.parse(value.asText());
        return list.isArray() ? list : value;
      } catch (IOException e) {
        return value; // a remark that merely begins so
      }
    }
    return value;
  }

  /** An answer and marks on it. */
  static ObjectNode marks(Fields fields, ObjectNode row) {
    if (skipped(fields)) {
      fields.value("spans");
      return row.putNull("spans");
    }
    int length = Answer.of(row.path("completion")).text().length();
    JsonNode given = fields.list("spans");
    ArrayNode spans = row.putArray("spans");
    for (int i = 0; i < given.size(); i++) {
      spans.add(mark(given.get(i), fields, "spans[" + i + "]", length));
    }
    return row;
  }

  private static ObjectNode mark(JsonNode span, Fields fields, String where, int length) {
    if (!span.isObject()) {
      throw DataFailure.notKind(fields.place(), where, "an object", RowValues.kind(span));
    }
    int start = place(span, "start", fields, where, length);
    int end = place(span, "end", fields, where, length);
    if (end <= start) {
      throw DataFailure.badValue(
          fields.place(), where + ".end", "above `start`, which is " + start, String.valueOf(end));
    }
    String key = span.has("category") ? "category" : "label";
    String category = fields.text(span.path(key), where + "." + key);
    if (category.isBlank()) {
      throw DataFailure.emptyText(fields.place(), where + "." + key);
    }
    JsonNode given = span.path("value");
    double value = WRONG;
    if (!given.isMissingNode() && !given.isNull()) {
      value = fields.number(given, where + ".value");
      if (value < -1 || value > 1) {
        throw DataFailure.badValue(
            fields.place(), where + ".value", "from -1 to 1", DataFailure.number(value));
      }
    }
    return RowShaping.row()
        .put("start", start)
        .put("end", end)
        .put("category", category)
        .put("value", value);
  }

  private static int place(JsonNode span, String name, Fields fields, String where, int length) {
    double place = fields.number(span.path(name), where + "." + name);
    if (place != (int) place || place < 0 || place > length) {
      throw DataFailure.badValue(
          fields.place(),
          where + "." + name,
          "a place in the answer, which has " + length + " characters",
          DataFailure.number(place));
    }
    return (int) place;
  }
}

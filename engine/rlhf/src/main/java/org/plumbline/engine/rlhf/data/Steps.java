// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.plumbline.engine.rlhf.conversation.Prompt;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowValues;

/** Answers in steps, and how good each step is. */
final class Steps {
  private static final double NEUTRAL = 0.5;

  private Steps() {}

  /** A row that has its steps and labels side by side. */
  static List<ObjectNode> labelled(Fields fields, Prompt prompt) {
    List<String> steps = fields.texts(fields.list("completions"), "completions");
    if (ResponseRows.skipped(fields)) {
      return List.of(new Path(steps, Collections.nCopies(steps.size(), Double.NaN)).row(prompt));
    }
    JsonNode labels = fields.list("labels");
    if (steps.isEmpty() || labels.size() != steps.size()) {
      throw DataFailure.badValue(
          fields.place(),
          "labels",
          "one for each of the " + steps.size() + " `completions`",
          labels.size() + " of them");
    }
    Path path = new Path(List.of(), List.of());
    for (int i = 0; i < steps.size(); i++) {
      path = path.with(steps.get(i), label(labels.get(i), fields, "labels[" + i + "]"));
    }
    return List.of(path.row(prompt));
  }

  /** NaN where nobody said. */
  private static double label(JsonNode label, Fields fields, String where) {
    if (label.isNull()) {
      return Double.NaN;
    } else if (label.isBoolean()) {
      return label.asBoolean() ? 1 : 0;
    }
    double value = fields.number(label, where);
    if (value < 0 || value > 1) {
      throw DataFailure.badValue(
          fields.place(), where, "true, false, or from 0 to 1", DataFailure.number(value));
    }
    return value;
  }

  /**
   * A solution of PRM800K (Lightman et al. 2023, arXiv:2305.20050): at each step several ways to go
   * on were rated, and one was followed. Every way that was not followed ends a row of its own; the
   * way that was followed to its end is the last row.
   */
  static List<ObjectNode> solution(Fields fields, Oddities oddities) {
    Prompt prompt =
        Prompt.of(fields.text(fields.value("question").path("problem"), "question.problem"));
    JsonNode steps = fields.value("label").path("steps");
    if (!steps.isArray()) {
      throw DataFailure.notKind(fields.place(), "label.steps", "a list", RowValues.kind(steps));
    }
    List<ObjectNode> rows = new ArrayList<>();
    Path followed = new Path(List.of(), List.of());
    boolean going = true;
    boolean unrated = false;
    for (int i = 0; going && i < steps.size(); i++) {
      String where = "label.steps[" + i + "]";
      JsonNode ways = steps.get(i).path("completions");
      JsonNode choice = steps.get(i).path("chosen_completion");
      Path next = null;
      for (int w = 0; w < ways.size(); w++) {
        JsonNode way = ways.get(w);
        unrated |= !way.path("rating").isNumber();
        Path path = followed.with(text(way, fields, where), rating(way, fields, where));
        if (choice.isInt() && choice.asInt() == w) {
          next = path;
        } else {
          rows.add(path.row(prompt));
        }
      }
      JsonNode human = steps.get(i).path("human_completion");
      if (next == null && !human.isNull() && !human.isMissingNode()) {
        // Somebody wrote the step that none of the ways was.
        next = followed.with(text(human, fields, where + ".human_completion"), 1);
      }
      going = next != null;
      followed = next == null ? followed : next;
    }
    if (going && !followed.steps.isEmpty()) {
      rows.add(followed.row(prompt));
    }
    if (rows.isEmpty()) {
      throw DataFailure.emptyText(fields.place(), "label.steps");
    }
    if (unrated) {
      oddities.at(Oddity.UNRATED, fields.place());
    }
    return rows;
  }

  private static String text(JsonNode way, Fields fields, String where) {
    return fields.text(way.isObject() ? way.path("text") : way, where + ".text");
  }

  private static double rating(JsonNode way, Fields fields, String where) {
    JsonNode rating = way.path("rating");
    if (rating.isNull() || rating.isMissingNode()) {
      return NEUTRAL;
    }
    double value = fields.number(rating, where + ".rating");
    if (value != -1 && value != 0 && value != 1) {
      throw DataFailure.badValue(
          fields.place(), where + ".rating", "-1, 0 or 1", DataFailure.number(value));
    }
    return (value + 1) / 2;
  }

  /** Steps so far, and how good each is. */
  private record Path(List<String> steps, List<Double> labels) {

    Path with(String step, double label) {
      List<String> moreSteps = new ArrayList<>(steps);
      List<Double> moreLabels = new ArrayList<>(labels);
      moreSteps.add(step);
      moreLabels.add(label);
      return new Path(moreSteps, moreLabels);
    }

    ObjectNode row(Prompt prompt) {
      ObjectNode row = RowShaping.row();
      row.set("prompt", prompt.json());
      ArrayNode texts = row.putArray("completions");
      steps.forEach(texts::add);
      ArrayNode values = row.putArray("labels");
      labels.forEach(value -> values.add(value.isNaN() ? null : value));
      return row;
    }
  }
}

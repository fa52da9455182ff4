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

  /**
   * How good steps of an answer are.
   *
   * @param ends where in the answer's text each step that was judged ends, in characters
   * @param labels of these steps, from 0 (wrong) to 1 (right); as many
   */
  record Steps(List<Integer> ends, List<Double> labels) implements Response {
    /** Copies the lists. */
    public Steps {
      ends = List.copyOf(ends);
      labels = List.copyOf(labels);
    }

    @Override
    public Map<String, Object> columns() {
      Map<String, Object> columns = new LinkedHashMap<>();
      columns.put("steps", ends);
      columns.put("step_labels", labels);
      return columns;
    }
  }

  /** Marks on parts of an answer; none says that there is nothing to mark. */
  record Marks(List<Mark> spans) implements Response {
    /** Copies the list. */
    public Marks {
      spans = List.copyOf(spans);
    }

    @Override
    public Map<String, Object> columns() {
      return Map.of("spans", spans.stream().map(Mark::columns).toList());
    }
  }

  /**
   * A mark.
   *
   * @param start where it begins in the answer's text, in characters
   * @param end where it ends; not included
   * @param category what it is about
   * @param value below 0 for what is wrong, above for what is good
   */
  record Mark(int start, int end, String category, double value) {
    /** What a row says of it. */
    public Map<String, Object> columns() {
      Map<String, Object> columns = new LinkedHashMap<>();
      columns.put("start", start);
      columns.put("end", end);
      columns.put("category", category);
      columns.put("value", value);
      return columns;
    }

    /** The mark that a row has. */
    public static Mark of(JsonNode span) {
      return new Mark(
          span.path("start").asInt(),
          span.path("end").asInt(),
          span.path("category").asText(),
          span.path("value").asDouble());
    }
  }

  /** What somebody writes of an answer. */
  record Remarks(List<String> texts) implements Response {
    /** Copies the list. */
    public Remarks {
      texts = List.copyOf(texts);
    }

    /** How many things are to change; every text counts but {@link Remark#NOTHING}. */
    public int changes() {
      return (int) texts.stream().filter(text -> !text.equals(Remark.NOTHING)).count();
    }

    @Override
    public Map<String, Object> columns() {
      return Map.of("remarks", texts);
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
    if (row.has("steps")) {
      List<Integer> ends = new ArrayList<>();
      row.path("steps").forEach(end -> ends.add(end.asInt()));
      List<Double> labels = new ArrayList<>();
      row.path("step_labels").forEach(label -> labels.add(label.asDouble()));
      return new Steps(ends, labels);
    } else if (row.has("spans")) {
      List<Mark> marks = new ArrayList<>();
      row.path("spans").forEach(span -> marks.add(Mark.of(span)));
      return new Marks(marks);
    } else if (row.has("remarks")) {
      List<String> texts = new ArrayList<>();
      row.path("remarks").forEach(text -> texts.add(text.asText()));
      return new Remarks(texts);
    }
    return row.has("label")
        ? new Label(row.path("label").asText(), row.path("rank").asInt())
        : null;
  }
}

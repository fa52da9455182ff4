// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a row of {@code labels.jsonl} says, in words.
 *
 * @param kind of the feedback; empty for comparisons
 * @param anchors what the steps of a scale are called; empty for numbers
 */
record LabelWords(String kind, List<String> anchors) {
  /** Columns that some labels have: one of each is worth showing. */
  static final List<List<String>> RARE =
      List.of(
          List.of("skipped"),
          List.of("saw", "saw_first", "saw_second"),
          List.of("since_break"),
          List.of("made_by"),
          List.of("malicious"));

  static LabelWords of(Path folder) throws IOException {
    JsonNode summary = JsonFiles.read(folder.resolve("summary.json"));
    List<String> anchors = new ArrayList<>();
    summary.path("anchors").forEach(anchor -> anchors.add(anchor.asText()));
    return new LabelWords(summary.path("items").path("kind").asText(""), anchors);
  }

  /** Whether a row has something in this column. */
  static boolean tells(JsonNode row, String column) {
    JsonNode value = row.path(column);
    return value.isBoolean() ? value.asBoolean() : !value.isMissingNode() && !value.isNull();
  }

  LabelExample example(JsonNode row) {
    return new LabelExample(
        text(row.path("prompt")),
        shown(row),
        row.path("evaluator").asText(),
        row.path("group").asText(),
        said(row),
        facts(row));
  }

  private List<String> shown(JsonNode row) {
    List<String> answers = new ArrayList<>();
    row.path("answers").forEach(answer -> answers.add(text(answer)));
    if (row.has("first")) {
      answers.add(text(row.path("first")));
      answers.add(text(row.path("second")));
    }
    int best = row.path("ranking").path(0).asInt(0);
    if (kind.equals("demonstrations") && best < answers.size()) {
      return List.of(answers.get(best));
    } else if (kind.equals("corrections") && best < answers.size()) {
      return best == 0 ? answers.subList(0, 1) : List.of(answers.get(0), answers.get(best));
    }
    return answers;
  }

  /** A text, or what is said in messages. */
  private static String text(JsonNode value) {
    JsonNode messages = value.isObject() ? value.path("messages") : value;
    if (!messages.isArray()) {
      return value.asText();
    }
    List<String> said = new ArrayList<>();
    for (JsonNode message : messages) {
      JsonNode content = message.path("content");
      said.add(
          message.path("role").asText()
              + ": "
              + (content.isTextual() ? content.asText() : content));
    }
    return String.join("\n", said);
  }

  private String said(JsonNode row) {
    if (tells(row, "skipped") || row.path("choice").asText().equals("skip")) {
      return "nothing";
    } else if (row.has("choice")) {
      return switch (row.path("choice").asText()) {
        case "first" -> "the first is better";
        case "second" -> "the second is better";
        case "equal" -> "both are alike";
        default -> "the first is better with probability " + number(row.path("p").asDouble());
      };
    } else if (row.has("ranking")) {
      return ranking(row);
    } else if (row.has("rating")) {
      return rating(row.path("rating").asDouble());
    } else if (row.has("steps")) {
      return steps(row);
    } else if (row.has("spans")) {
      return spans(row);
    } else if (row.has("remarks")) {
      List<String> remarks = new ArrayList<>();
      row.path("remarks").forEach(remark -> remarks.add(quoted(remark.asText())));
      return String.join(" ", remarks);
    }
    return row.path("label").asText();
  }

  private String ranking(JsonNode row) {
    if (kind.equals("demonstrations")) {
      return "this is how they would answer";
    } else if (kind.equals("corrections")) {
      return "the second is how it should be";
    }
    List<String> order = new ArrayList<>();
    row.path("ranking").forEach(answer -> order.add(String.valueOf(answer.asInt() + 1)));
    return order.size() == 1
        ? "number " + order.get(0) + " is the best"
        : String.join(" before ", order);
  }

  private String rating(double rating) {
    int step = (int) rating;
    if (kind.equals("slider")) {
      return rating == 0
          ? "in the middle"
          : number(Math.abs(rating)) + " towards the " + (rating > 0 ? "first" : "second");
    }
    return step == rating && step >= 1 && step <= anchors.size()
        ? anchors.get(step - 1) + " (" + step + ")"
        : number(rating);
  }

  private static String steps(JsonNode row) {
    String answer = text(row.path("answers").path(0));
    List<String> said = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < row.path("steps").size(); i++) {
      int end = Math.min(answer.length(), row.path("steps").path(i).asInt());
      double label = row.path("step_labels").path(i).asDouble();
      String word =
          label == 1 ? "right" : label == 0 ? "wrong" : label == 0.5 ? "neutral" : number(label);
      said.add(quoted(answer.substring(Math.min(from, end), end).strip()) + " " + word);
      from = end;
    }
    return String.join("; ", said);
  }

  private static String spans(JsonNode row) {
    String answer = text(row.path("answers").path(0));
    List<String> said = new ArrayList<>();
    for (JsonNode span : row.path("spans")) {
      int end = Math.min(answer.length(), span.path("end").asInt());
      int start = Math.min(end, span.path("start").asInt());
      said.add(
          quoted(answer.substring(start, end))
              + " "
              + span.path("category").asText()
              + (span.path("value").asDouble() < 0 ? ": bad" : ": good"));
    }
    return said.isEmpty() ? "nothing to mark" : String.join("; ", said);
  }

  private static List<String> facts(JsonNode row) {
    List<String> facts = new ArrayList<>();
    if (tells(row, "saw")) {
      List<String> saw = new ArrayList<>();
      row.path("saw").forEach(part -> saw.add(quoted(part.asText())));
      facts.add("saw only " + String.join(", ", saw));
    }
    if (tells(row, "saw_first") || tells(row, "saw_second")) {
      facts.add(
          "saw only "
              + quoted(row.path("saw_first").asText(text(row.path("first"))))
              + ", "
              + quoted(row.path("saw_second").asText(text(row.path("second")))));
    }
    if (tells(row, "since_break")) {
      facts.add(row.path("since_break").asInt() + " since their last break");
    }
    if (tells(row, "made_by")) {
      facts.add("made by " + row.path("made_by").asText());
    }
    if (tells(row, "malicious")) {
      facts.add("harm on purpose");
    }
    return facts;
  }

  private static String quoted(String text) {
    return "“" + text + "”";
  }

  private static String number(double number) {
    String text = String.format(Locale.ROOT, "%.2f", number);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }
}

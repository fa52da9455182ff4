// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plumbline.engine.rlhf.data.source.DataFailure;

/** Columns that rows keep, if they have them, beside those of their shape. */
public enum MetadataColumn {
  /** What the file calls the row. */
  ID(Kind.TEXT, "what the file calls the row"),
  /** Who judged. */
  RATER(Kind.TEXT, "who judged (also `worker`, `annotator`, `labeler`)"),
  /** The group of who judged. */
  GROUP(Kind.TEXT, "the group of who judged"),
  /** Which answer was shown first. */
  SHOWN_FIRST(Kind.TEXT, "which answer was shown first: `chosen` or `rejected`"),
  /** Whether harm was done on purpose. */
  MALICIOUS(Kind.TRUTH, "true if whoever judged did harm on purpose"),
  /** Whether nothing was said. */
  SKIPPED(
      Kind.TRUTH,
      "true if whoever was asked said nothing: the row is no preference, and `chosen` is only what"
          + " was shown first"),
  /** Whether the rater was asked the same before. */
  AGAIN(
      Kind.TRUTH,
      "true if the rater was asked the same before: the row is no vote, and says how often they say"
          + " the same"),
  /** Whether whoever asked knew the answer. */
  GOLD_QUESTION(
      Kind.TRUTH,
      "true if the answer was known to whoever asked: the row is no vote, and nothing is learned from"
          + " it"),
  /** Whether a filter left the label out. */
  LEFT_OUT(
      Kind.TRUTH,
      "true if a filter left the label out before the others became one: the row is no vote, and"
          + " nothing is learned from it"),
  /** The place of the class. */
  CLASS_RANK(
      Kind.NUMBER,
      "the place of `class` among the classes, 0 for the wanted one (classed answers)"),
  /** When. */
  TIME(Kind.TEXT, "when (also `timestamp`)"),
  /** How surely the chosen answer is the better one. */
  STRENGTH(Kind.STRENGTH, "the probability that `chosen` is better, from 0.5 (a tie) to 1"),
  /** How sure the rater was. */
  CONFIDENCE(Kind.NUMBER, "how sure the rater was, on the file's own scale"),
  /** The number of labels. */
  VOTES(Kind.NUMBER, "how many labels stand behind the row"),
  /** How many of them agree. */
  AGREEING(Kind.NUMBER, "how many of them prefer `chosen`"),
  /** The chosen answer's score. */
  SCORE_CHOSEN(Kind.NUMBER, "the score of `chosen`"),
  /** The rejected answer's score. */
  SCORE_REJECTED(Kind.NUMBER, "the score of `rejected`"),
  /** Whether the chosen answer is whole. */
  CHOSEN_FINISHED(Kind.TRUTH, "false if `chosen` was cut off"),
  /** Whether the rejected answer is whole. */
  REJECTED_FINISHED(Kind.TRUTH, "false if `rejected` was cut off"),
  /** Whether the answer is whole, or each of several. */
  FINISHED(
      Kind.EACH,
      "false if the answer was cut off; of several answers a list (demonstrations and feedback that"
          + " is no preference)"),
  /** The tools of a conversation. */
  TOOLS(Kind.CONVERSATION, "the tools that a conversation may call: a list, or one as JSON"),
  /** What a conversation's template is told besides. */
  CHAT_TEMPLATE_KWARGS(
      Kind.CONVERSATION,
      "what the chat template is told of a conversation, such as `enable_thinking`: an object, or"
          + " one as JSON");

  static final Set<String> NAMES =
      Arrays.stream(values()).map(MetadataColumn::column).collect(Collectors.toUnmodifiableSet());

  private final Kind kind;
  private final String meaning;

  MetadataColumn(Kind kind, String meaning) {
    this.kind = kind;
    this.meaning = meaning;
  }

  /** The kinds of values that are kept. */
  private enum Kind {
    TEXT,
    NUMBER,
    STRENGTH,
    TRUTH,
    EACH,
    CONVERSATION
  }

  /** Its column. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it says, for the documentation. */
  public String meaning() {
    return meaning;
  }

  /** The type of its column in SQL, in rows of a shape. */
  public String type(RowShape shape) {
    return switch (kind) {
      case TEXT, CONVERSATION -> "VARCHAR";
      case NUMBER, STRENGTH -> "DOUBLE";
      case TRUTH -> "BOOLEAN";
      case EACH -> shape.severalAnswers() ? "BOOLEAN[]" : "BOOLEAN";
    };
  }

  /** Those that rows of a shape may have. */
  public static List<MetadataColumn> of(RowShape shape) {
    boolean good = shape == RowShape.PREFERENCE || shape == RowShape.LABELLED;
    if (shape.judged()) {
      return Arrays.stream(values())
          .filter(kept -> kept != FINISHED || !good)
          .filter(kept -> kept != CLASS_RANK || shape == RowShape.CLASS)
          .toList();
    }
    return shape == RowShape.DEMONSTRATION
        ? List.of(ID, AGAIN, LEFT_OUT, FINISHED, TOOLS, CHAT_TEMPLATE_KWARGS)
        : List.of(ID, TOOLS, CHAT_TEMPLATE_KWARGS);
  }

  /** Those that belong to a conversation's prompt; they stand beside a text that is none. */
  static Stream<MetadataColumn> ofConversations() {
    return Arrays.stream(values()).filter(kept -> kept.kind == Kind.CONVERSATION);
  }

  /** Takes over what a row has of them and what its prompt does not have already. */
  static void copy(Fields from, ObjectNode row, RowShape shape) {
    for (MetadataColumn kept : of(shape)) {
      boolean inPrompt = kept.kind == Kind.CONVERSATION && row.path("prompt").isObject();
      if (!inPrompt && from.has(kept.column()) && !row.has(kept.column())) {
        kept.put(from, row, shape);
      }
    }
  }

  private void put(Fields from, ObjectNode row, RowShape shape) {
    String column = column();
    switch (kind) {
      case TEXT -> {
        JsonNode value = from.value(column);
        row.put(column, value.isNumber() ? value.asText() : from.anyText(column));
      }
      case NUMBER -> row.put(column, from.number(column));
      case STRENGTH -> {
        double strength = from.number(column);
        if (strength < 0.5 || strength > 1) {
          throw DataFailure.badValue(
              from.place(), column, "from 0.5 to 1", DataFailure.number(strength));
        }
        row.put(column, strength);
      }
      case TRUTH -> row.put(column, from.truth(column));
      case EACH -> {
        if (shape.severalAnswers()) {
          row.set(column, from.truths(column));
        } else {
          row.put(column, from.truth(column));
        }
      }
      case CONVERSATION -> {
        JsonNode value = from.value(column);
        row.put(column, value.isTextual() ? value.asText() : value.toString());
      }
    }
  }
}

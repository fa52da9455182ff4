// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.conversation.JsonValues;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RawRow;
import org.plumbline.engine.rlhf.data.source.RowValues;

/** Turns rows as read into rows of one shape, and keeps count of what is odd about them. */
final class RowShaping {
  private final ColumnNames names;
  private final Cells cells;
  private final Oddities oddities = new Oddities();
  private final TranscriptPrompts transcripts = new TranscriptPrompts(oddities);
  private final Seen seen = new Seen();
  private final Set<String> unread = new LinkedHashSet<>();
  private final Map<String, String> kinds = new HashMap<>();
  private @Nullable RowForm form;
  private Set<String> usualNames = Set.of();
  private long read;
  private long given;

  /**
   * Rows of one file.
   *
   * @param columns the file's name of each of ours
   * @param cells what its values are
   */
  RowShaping(Map<String, String> columns, Cells cells) {
    this.names = new ColumnNames(columns);
    this.cells = cells;
  }

  /** The rows that a row of the file gives: one, or several where it holds several judgements. */
  List<ObjectNode> normalise(RawRow raw) {
    Fields fields = new Fields(raw.place(), names.rename(raw.columns(), raw.place()), cells);
    RowForm rowForm = form(fields);
    List<ObjectNode> rows = convert(rowForm, fields);
    for (ObjectNode row : rows) {
      MetadataColumn.copy(fields, row, rowForm.shape());
      if (MetadataColumn.ofConversations().anyMatch(kept -> row.has(kept.column()))) {
        oddities.once(Oddity.TOOLS_OF_TEXT, fields.place());
      }
      look(row, rowForm.shape(), fields);
      transcripts.look(row, fields.place());
    }
    unread.addAll(fields.unread());
    read++;
    given += rows.size();
    return rows;
  }

  private RowForm form(Fields fields) {
    RowForm first = form;
    if (first != null && fields.names().equals(usualNames)) {
      return first;
    }
    RowForm suggested = RowForm.suggestedBy(fields.names(), names.named(), fields.place());
    if (first == null) {
      first = suggested;
      form = first;
      usualNames = Set.copyOf(fields.names());
    }
    if (suggested != first) {
      throw DataFailure.mixedShapes(fields.place(), first.described(), fields.names());
    }
    for (String column : first.columns()) {
      if (!fields.names().contains(column)) {
        throw DataFailure.missingColumn(fields.place(), column, fields.names());
      }
    }
    return first;
  }

  private List<ObjectNode> convert(RowForm rowForm, Fields fields) {
    return switch (rowForm) {
      case PREFERENCE, TRANSCRIPTS -> {
        oneKind(fields, "prompt");
        oneKind(fields, "chosen");
        oneKind(fields, "rejected");
        yield new Sides(fields, oddities).rows();
      }
      case SUMMARIES -> Judgements.summaries(fields);
      case TWO_OUTPUTS -> Judgements.twoOutputs(fields, answers(fields).prompt());
      case RATED -> Judgements.rated(fields, answers(fields).prompt(), oddities);
      case STEPS -> Steps.labelled(fields, answers(fields).prompt());
      case RANKED -> List.of(ResponseRows.ranked(fields, answers(fields).prompt()));
      case RANKED_ANSWERS -> List.of(ResponseRows.rankedAnswers(fields, answers(fields).prompt()));
      case BEST -> List.of(ResponseRows.best(fields, answers(fields).prompt()));
      case SLIDER -> List.of(ResponseRows.slider(fields, answers(fields).prompt()));
      case RATING -> List.of(ResponseRows.rated(fields, answer(fields)));
      case CLASSED -> List.of(ResponseRows.classed(fields, answer(fields)));
      case REMARKS -> List.of(ResponseRows.remarks(fields, answer(fields)));
      case MARKS -> List.of(ResponseRows.marks(fields, answer(fields)));
      case SOLUTION -> Steps.solution(fields, oddities);
      case LABELLED -> List.of(answer(fields).put("label", fields.truth("label")));
      case DEMONSTRATION -> List.of(answer(fields));
      case LABELLED_CONVERSATION ->
          List.of(answers(fields).conversation().put("label", fields.truth("label")));
      case CONVERSATION -> List.of(answers(fields).conversation());
      case PROMPT -> {
        oneKind(fields, "prompt");
        ObjectNode row = row();
        row.set("prompt", answers(fields).promptAlone().json());
        yield List.of(row);
      }
      case TEXT -> List.of(row().put("text", fields.text("text")));
    };
  }

  private Answers answers(Fields fields) {
    return new Answers(fields, oddities);
  }

  private ObjectNode answer(Fields fields) {
    oneKind(fields, "prompt");
    oneKind(fields, "completion");
    return answers(fields).answer();
  }

  /** Fails if a value is a conversation where the first row has a text, or the other way round. */
  private void oneKind(Fields fields, String name) {
    if (!fields.names().contains(name)) {
      return;
    }
    JsonNode value = fields.value(name);
    String kind = Messages.are(value) ? "a list of messages" : value.isArray() ? "a list" : "";
    String first = kinds.putIfAbsent(name, kind);
    if (first != null && !first.equals(kind)) {
      throw DataFailure.notKind(
          fields.place(),
          name,
          (first.isEmpty() ? "a text" : first) + " as in the first row",
          kind.isEmpty() ? RowValues.kind(value) : kind);
    }
  }

  /** Whether a row counts, if it is a judgement. */
  private static boolean votes(ObjectNode row) {
    return Stream.of(
            MetadataColumn.SKIPPED,
            MetadataColumn.AGAIN,
            MetadataColumn.GOLD_QUESTION,
            MetadataColumn.LEFT_OUT)
        .noneMatch(besides -> row.path(besides.column()).asBoolean());
  }

  /** Whether it was said before by the same rater: several people may well say the same. */
  private boolean repeats(List<String> said, ObjectNode row) {
    boolean known = !seen.add(said);
    if (!row.has(MetadataColumn.RATER.column())) {
      return known;
    }
    List<String> whose = new ArrayList<>(said);
    whose.add(row.path(MetadataColumn.RATER.column()).toString());
    return !seen.add(whose);
  }

  private void look(ObjectNode row, RowShape shape, Fields fields) {
    List<String> said = new ArrayList<>();
    shape.columns().forEach(column -> said.add(row.path(column).toString()));
    // The same prompt again is what a set of prompts may well mean.
    if (shape != RowShape.PROMPT && votes(row) && repeats(said, row)) {
      oddities.at(Oddity.DUPLICATE, fields.place());
    }
    if (shape == RowShape.LABELLED && isEmpty(row.path("completion"))) {
      oddities.at(Oddity.EMPTY_ANSWER, fields.place());
    }
    if (shape != RowShape.PREFERENCE) {
      return;
    }
    JsonNode chosen = row.path("chosen");
    JsonNode rejected = row.path("rejected");
    if (chosen.equals(rejected)) {
      oddities.at(Oddity.IDENTICAL, fields.place());
    } else if (row.path("strength").asDouble(1) > 0.5
        && seen.contains(List.of(said.get(0), said.get(2), said.get(1)))) {
      oddities.at(Oddity.REVERSED, fields.place());
    }
    if (isEmpty(chosen) || isEmpty(rejected)) {
      oddities.at(Oddity.EMPTY_ANSWER, fields.place());
    }
    if (row.path("score_chosen").asDouble() < row.path("score_rejected").asDouble()
        && row.has("score_chosen")
        && row.has("score_rejected")) {
      oddities.at(Oddity.SUSPECTED_SWAP, fields.place());
    }
  }

  private static boolean isEmpty(JsonNode answer) {
    return answer.isTextual()
        ? answer.asText().isBlank()
        : JsonValues.messages(answer).stream().allMatch(Messages::isEmpty);
  }

  static ObjectNode row() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The form of all rows; null if there was none. */
  @Nullable RowForm form() {
    return form;
  }

  /** How many rows of the file were read. */
  long read() {
    return read;
  }

  /** How many rows they gave. */
  long given() {
    return given;
  }

  /** Which of the prompts are transcripts. */
  TranscriptPrompts transcripts() {
    return transcripts;
  }

  /** What a user should know of the rows, one sentence each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!unread.isEmpty()) {
      notes.add("columns that nothing here reads: " + DataFailure.listed(unread));
    }
    if (!cells.messages().isEmpty()) {
      notes.add(
          "lists of messages in JSON stand in every cell of "
              + DataFailure.listed(cells.messages().stream().sorted().toList())
              + ", so they are read as conversations");
    }
    if (given != read) {
      notes.add(read + " rows of the file hold " + given + " judgements, one row for each");
    }
    notes.addAll(transcripts.notes());
    notes.addAll(oddities.notes());
    return notes;
  }

  /** Numbers for {@code summary.json}. */
  Map<String, Long> counts() {
    return oddities.counts();
  }
}

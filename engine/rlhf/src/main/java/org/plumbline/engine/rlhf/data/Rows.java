package org.plumbline.engine.rlhf.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns rows as read into rows of one shape, and keeps count of what is odd about them. */
final class Rows {
  private final Set<String> unread = new LinkedHashSet<>();
  private final Counted identical = new Counted();
  private final Counted severalTurns = new Counted();
  private final Counted emptyAnswers = new Counted();
  private @Nullable RowForm form;
  private long read;

  /** The row under the columns of its shape. */
  Map<String, String> normalise(RawRow row) {
    RowForm rowForm = form(row);
    for (String column : row.columns().keySet()) {
      if (!rowForm.columns().contains(column)) {
        unread.add(column);
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (String column : rowForm.columns()) {
      texts.put(column, text(row, column));
    }
    read++;
    if (rowForm == RowForm.TRANSCRIPTS) {
      texts = split(texts, row.place());
    }
    if (rowForm.shape() == RowShape.PREFERENCE
        && texts.getOrDefault("chosen", "").equals(texts.get("rejected"))) {
      identical.at(row.place());
    }
    return texts;
  }

  private RowForm form(RawRow row) {
    Set<String> columns = row.columns().keySet();
    RowForm suggested = RowForm.suggestedBy(columns);
    RowForm first = form;
    if (first == null) {
      if (suggested == null) {
        throw DataFailure.unknownShape(row.place(), columns);
      }
      first = suggested;
      form = first;
    }
    if (suggested != first) {
      throw DataFailure.mixedShapes(row.place(), first, columns);
    }
    if (first == RowForm.DEMONSTRATION && columns.contains("label")) {
      throw DataFailure.unpaired(row.place());
    }
    for (String column : first.columns()) {
      if (!columns.contains(column)) {
        throw DataFailure.missingColumn(row.place(), column, columns);
      }
    }
    return first;
  }

  private static String text(RawRow row, String column) {
    Object value = row.columns().get(column);
    if (value instanceof RawRow.Other other) {
      throw DataFailure.notText(row.place(), column, other.kind());
    }
    String text = (String) Objects.requireNonNull(value);
    if (text.isBlank()) {
      throw DataFailure.emptyText(row.place(), column);
    }
    if (hasHalfCharacter(text)) {
      throw DataFailure.halfCharacter(row.place(), column);
    }
    return text;
  }

  private static boolean hasHalfCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        return true;
      }
    }
    return false;
  }

  private Map<String, String> split(Map<String, String> transcripts, Place place) {
    Transcripts.Split split =
        Transcripts.split(
            transcripts.getOrDefault("chosen", ""),
            transcripts.getOrDefault("rejected", ""),
            place);
    if (!split.lastTurn()) {
      severalTurns.at(place);
    }
    if (split.chosen().isBlank() || split.rejected().isBlank()) {
      emptyAnswers.at(place);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("prompt", split.prompt());
    texts.put("chosen", split.chosen());
    texts.put("rejected", split.rejected());
    return texts;
  }

  /** The form of all rows; null if there was none. */
  @Nullable RowForm form() {
    return form;
  }

  long read() {
    return read;
  }

  /** What a user should know of the rows, one sentence each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!unread.isEmpty()) {
      notes.add("columns that nothing here reads: " + DataFailure.listed(unread));
    }
    identical.note(notes, "with equal `chosen` and `rejected`, kept: they teach nothing");
    severalTurns.note(
        notes,
        "whose transcripts differ before the last assistant turn, kept: their answers begin at the"
            + " last turn up to which both are equal");
    emptyAnswers.note(notes, "with an empty answer in a transcript, kept as they are");
    return notes;
  }

  /** Numbers for {@code summary.json}. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("identical", identical.count);
    counts.put("severalTurns", severalTurns.count);
    counts.put("emptyAnswers", emptyAnswers.count);
    return counts;
  }

  /** How many rows something holds for, and where the first one is. */
  private static final class Counted {
    private long count;
    private @Nullable Place first;

    void at(Place place) {
      count++;
      if (first == null) {
        first = place;
      }
    }

    void note(List<String> notes, String what) {
      if (count > 0) {
        String rows = count == 1 ? "1 row " : count + " rows ";
        notes.add(rows + what + " (first: " + first + ")");
      }
    }
  }
}

package org.plumbline.engine.rlhf.data;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which rows may be written; the first row decides for the whole file.
 *
 * <p>They are those of TRL's standard data sets, and the transcripts of Anthropic's hh-rlhf.
 */
enum RowForm {
  PREFERENCE(RowShape.PREFERENCE, List.of("prompt", "chosen", "rejected")),
  TRANSCRIPTS(RowShape.PREFERENCE, List.of("chosen", "rejected")),
  DEMONSTRATION(RowShape.DEMONSTRATION, List.of("prompt", "completion")),
  PROMPT(RowShape.PROMPT, List.of("prompt")),
  TEXT(RowShape.TEXT, List.of("text"));

  private final RowShape shape;
  private final List<String> columns;

  RowForm(RowShape shape, List<String> columns) {
    this.shape = shape;
    this.columns = columns;
  }

  RowShape shape() {
    return shape;
  }

  /** The columns that a row of this form must have. */
  List<String> columns() {
    return columns;
  }

  String described() {
    return columns.stream().map(column -> "`" + column + "`").collect(Collectors.joining(", "));
  }

  /** The form that these columns suggest, complete or not; null if there is none. */
  static @Nullable RowForm suggestedBy(Set<String> columns) {
    if (columns.contains("chosen") || columns.contains("rejected")) {
      return columns.contains("prompt") ? PREFERENCE : TRANSCRIPTS;
    }
    if (columns.contains("completion")) {
      return DEMONSTRATION;
    }
    if (columns.contains("prompt")) {
      return PROMPT;
    }
    return columns.contains("text") ? TEXT : null;
  }
}

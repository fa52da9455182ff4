// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import java.util.List;

/** The shapes that the rows of a data set may have. */
public enum RowShape {
  /** Plain texts. */
  TEXT("text", List.of("text")),
  /** Prompts without answers. */
  PROMPT("prompt", List.of("prompt")),
  /** Prompts with the answer that was demonstrated. */
  DEMONSTRATION("demonstration", List.of("prompt", "completion")),
  /** Prompts with a preferred and a rejected answer. */
  PREFERENCE("preference", List.of("prompt", "chosen", "rejected")),
  /** Prompts with one answer each and whether it is good: unpaired feedback. */
  LABELLED("labelled answer", List.of("prompt", "completion", "label")),
  /** Prompts with an answer in steps, and how good each step is, from 0 to 1. */
  STEPS("stepwise answer", List.of("prompt", "completions", "labels")),
  /** Prompts with several answers and their ranks, the best the lowest. */
  RANKING("ranking", List.of("prompt", "completions", "ranks")),
  /** Prompts with one answer each and a number for it. */
  RATING("rated answer", List.of("prompt", "completion", "rating")),
  /** Prompts with two answers, and how much better the first is, from -1 to 1. */
  SLIDER("slider", List.of("prompt", "output_1", "output_2", "slider")),
  /** Prompts with one answer each and its class. */
  CLASS("classed answer", List.of("prompt", "completion", "class")),
  /** Prompts with one answer each and what was written of it. */
  REMARKS("answer with remarks", List.of("prompt", "completion", "feedback")),
  /** Prompts with one answer each and marks on parts of it. */
  MARKS("marked answer", List.of("prompt", "completion", "spans"));

  private final String word;
  private final List<String> columns;

  RowShape(String word, List<String> columns) {
    this.word = word;
    this.columns = columns;
  }

  /** The word that stands for it in {@code summary.json}. */
  public String word() {
    return word;
  }

  /**
   * The columns that all of its rows have in an artifact; they may have {@link MetadataColumn}
   * ones, too.
   */
  public List<String> columns() {
    return columns;
  }

  /** Whether its rows are somebody's judgement. */
  boolean judged() {
    return columns.size() > 2;
  }

  /** Whether a row has several answers that stand side by side. */
  boolean severalAnswers() {
    return this == RANKING || this == SLIDER;
  }

  /** Whether its rows have one answer, which can be taken for a demonstration. */
  boolean demonstrates() {
    return this == DEMONSTRATION
        || this == RATING
        || this == CLASS
        || this == REMARKS
        || this == MARKS;
  }

  static RowShape of(String word) {
    for (RowShape shape : values()) {
      if (shape.word.equals(word)) {
        return shape;
      }
    }
    throw new IllegalStateException("no rows have the shape " + word);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plumbline.engine.rlhf.data.source.DataFailure;
import org.plumbline.engine.rlhf.data.source.RowPlace;

/**
 * The forms in which rows may be written; the first row decides for the whole file. They are found
 * from the columns alone, and a row that fits two of them fits none.
 */
public enum RowForm {
  /** TRL's explicit preferences; binarized UltraFeedback; RewardBench. */
  PREFERENCE(
      RowShape.PREFERENCE,
      List.of("prompt", "chosen", "rejected"),
      "two answers to a prompt; TRL, binarized UltraFeedback, RewardBench. A list of texts on a side"
          + " gives one row for each pair"),
  /** Preferences whose prompt both sides begin with: hh-rlhf, TRL's implicit prompts. */
  TRANSCRIPTS(
      RowShape.PREFERENCE,
      List.of("chosen", "rejected"),
      "two whole conversations; the prompt is what both share up to the last assistant turn;"
          + " hh-rlhf, TRL with implicit prompt"),
  /** Comparisons of summarize-from-feedback (Stiennon et al. 2020). */
  SUMMARIES(
      RowShape.PREFERENCE,
      List.of("info", "summaries", "choice"),
      "comparisons of summarize-from-feedback; `worker` and `extra.confidence` are kept"),
  /** AlpacaFarm's comparisons (Dubois et al. 2023). */
  TWO_OUTPUTS(
      RowShape.PREFERENCE,
      List.of("prompt", "output_1", "output_2", "preference"),
      "AlpacaFarm, AlpacaEval: `preference` from 1 (the first is better) to 2; 1.5 and 0 are ties"),
  /** UltraFeedback as it was collected (Cui et al. 2023). */
  RATED(
      RowShape.PREFERENCE,
      List.of("prompt", "completions"),
      "raw UltraFeedback: `completions` with `response` and `overall_score` (or ratings). The best"
          + " one against one that is worse, drawn by the content of the row; a tie if all are equal"),
  /** TRL's stepwise supervision. */
  STEPS(
      RowShape.STEPS,
      List.of("prompt", "completions", "labels"),
      "the steps of an answer and which of them are right: true or false, or from 0 to 1; null where"
          + " nobody said"),
  /** PRM800K's solutions (Lightman et al. 2023). */
  SOLUTION(
      RowShape.STEPS,
      List.of("question", "label"),
      "PRM800K: each way that was rated is a row; ratings -1, 0, 1 become 0, 0.5, 1"),
  /** Answers with their ranks. */
  RANKED(
      RowShape.RANKING,
      List.of("prompt", "completions", "ranks"),
      "several answers and their ranks, the best the lowest; equal ones stand at the end only"),
  /** Answers with a rank each: Nectar (Zhu et al. 2023). */
  RANKED_ANSWERS(
      RowShape.RANKING, List.of("prompt", "answers"), "Nectar: `answers` with `answer` and `rank`"),
  /** Answers of which one is the best: the labels of Ziegler et al. 2019. */
  BEST(
      RowShape.RANKING,
      List.of("prompt", "completions", "best"),
      "several answers and the number of the best, counted from 0"),
  /** An answer with a number. */
  RATING(
      RowShape.RATING, List.of("prompt", "completion", "rating"), "an answer and a number for it"),
  /** Two answers and how much better the first is. */
  SLIDER(
      RowShape.SLIDER,
      List.of("prompt", "output_1", "output_2", "slider"),
      "two answers and how much better the first is, from -1 to 1"),
  /** An answer with a class. */
  CLASSED(
      RowShape.CLASS, List.of("prompt", "completion", "class"), "an answer and its class, a text"),
  /** An answer with remarks: SLF5K (Scheurer et al. 2023). */
  REMARKS(
      RowShape.REMARKS,
      List.of("prompt", "completion", "feedback"),
      "an answer and what was written of it, a text or several"),
  /** An answer with marks: Argilla's spans, those of Wu et al. 2023. */
  MARKS(
      RowShape.MARKS,
      List.of("prompt", "completion", "spans"),
      "an answer and marks on it: `start` and `end` (characters, the latter not included), `category`"
          + " (also `label`), and `value` from -1 to 1, without which it is -1"),
  /** TRL's unpaired preferences, as KTO learns from. */
  LABELLED(
      RowShape.LABELLED,
      List.of("prompt", "completion", "label"),
      "an answer and whether it is good (true or false; also `kto_tag`)"),
  /** Conversations with a label, as LLaMA-Factory has them for KTO. */
  LABELLED_CONVERSATION(
      RowShape.LABELLED,
      List.of("messages", "label"),
      "a conversation and whether its last assistant turn is good; name only `messages` in"
          + " `columns:` to read no labels"),
  /** Prompts with an answer. */
  DEMONSTRATION(
      RowShape.DEMONSTRATION, List.of("prompt", "completion"), "a prompt and its answer; TRL"),
  /** Conversations. */
  CONVERSATION(
      RowShape.DEMONSTRATION,
      List.of("messages"),
      "a conversation (also ShareGPT's `conversations`): its last assistant turn is the answer, all"
          + " before it the prompt"),
  /** Prompts. */
  PROMPT(RowShape.PROMPT, List.of("prompt"), "a prompt"),
  /** Texts. */
  TEXT(RowShape.TEXT, List.of("text"), "a text to pretrain on");

  private final RowShape shape;
  private final List<String> columns;
  private final String meaning;

  RowForm(RowShape shape, List<String> columns, String meaning) {
    this.shape = shape;
    this.columns = columns;
    this.meaning = meaning;
  }

  /** What its rows become. */
  public RowShape shape() {
    return shape;
  }

  /** The columns that a row of this form must have. */
  public List<String> columns() {
    return columns;
  }

  /** What it is, for the documentation. */
  public String meaning() {
    return meaning;
  }

  String described() {
    return columns.stream().map(column -> "`" + column + "`").collect(Collectors.joining(", "));
  }

  /**
   * The form that columns suggest, complete or not.
   *
   * @param columns what the row has, under the names that are used here
   * @param named what {@code columns:} names: it decides where several forms fit
   */
  static RowForm suggestedBy(Set<String> columns, Set<String> named, RowPlace place) {
    List<RowForm> fitting = fitting(columns, named);
    if (fitting.size() > 1) {
      List<RowForm> meant = fitting.stream().filter(form -> form.marked(named)).toList();
      fitting = meant.isEmpty() ? fitting : meant;
    }
    if (fitting.isEmpty()) {
      throw DataFailure.unknownShape(place, columns);
    }
    if (fitting.size() > 1) {
      throw DataFailure.ambiguous(
          place, fitting.stream().map(RowForm::described).toList(), columns);
    }
    return fitting.get(0);
  }

  private static List<RowForm> fitting(Set<String> has, Set<String> named) {
    List<RowForm> fitting = new ArrayList<>();
    if (has.contains("chosen") || has.contains("rejected")) {
      fitting.add(has.contains("prompt") ? PREFERENCE : TRANSCRIPTS);
    }
    if (has.contains("summaries")) {
      fitting.add(SUMMARIES);
    }
    if (has.contains("output_1") || has.contains("output_2")) {
      fitting.add(has.contains("slider") ? SLIDER : TWO_OUTPUTS);
    }
    if (has.contains("completions")) {
      fitting.add(
          has.contains("labels")
              ? STEPS
              : has.contains("ranks") ? RANKED : has.contains("best") ? BEST : RATED);
    }
    if (has.contains("completion")) {
      fitting.add(has.contains("label") ? LABELLED : judged(has, named));
    }
    if (has.contains("answers") && fitting.isEmpty()) {
      fitting.add(RANKED_ANSWERS);
    }
    // Preferences often repeat the better conversation as messages, and conversations their first
    // message as the prompt.
    if (fitting.isEmpty() && has.contains("messages")) {
      boolean unlabelled = named.contains("messages") && !named.contains("label");
      fitting.add(has.contains("label") && !unlabelled ? LABELLED_CONVERSATION : CONVERSATION);
    }
    if (fitting.isEmpty() && has.contains("question") && has.contains("label")) {
      fitting.add(SOLUTION);
    }
    if (has.contains("prompt") && fitting.isEmpty()) {
      fitting.add(PROMPT);
    }
    if (has.contains("text")) {
      fitting.add(TEXT);
    }
    return fitting;
  }

  /** What is said of an answer; where several things are, the one that {@code columns:} names. */
  private static RowForm judged(Set<String> has, Set<String> named) {
    List<RowForm> found =
        Stream.of(RATING, CLASSED, REMARKS, MARKS)
            .filter(form -> has.contains(form.columns.get(2)))
            .toList();
    if (found.size() > 1) {
      found = found.stream().filter(form -> named.contains(form.columns.get(2))).toList();
    }
    return found.size() == 1 ? found.get(0) : DEMONSTRATION;
  }

  /** Whether one of these names belongs to this form more than to others. */
  private boolean marked(Set<String> names) {
    return columns.stream()
        .anyMatch(column -> names.contains(column) && (!column.equals("prompt") || this == PROMPT));
  }
}

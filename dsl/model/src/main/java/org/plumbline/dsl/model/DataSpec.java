// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.ExactlyOne;
import org.plumbline.dsl.model.shape.InFile;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Operation;
import org.plumbline.dsl.model.shape.Range;

/**
 * A data set in a file. The shape of its rows is found from the columns of the first one: a text, a
 * prompt, a demonstration, a preference, a labelled answer or a stepwise answer, in the forms that
 * are common for them.
 */
@Operation(value = "load", perSeed = false)
@Doc("a data set in a file")
@ExactlyOne({"jsonl", "json", "csv", "parquet"})
public record DataSpec(
    @Doc("a file with one JSON object per line; `.gz` is unpacked") @InFile @Nullable String jsonl,
    @Doc("a file with one JSON array of objects; `.gz` is unpacked") @InFile @Nullable String json,
    @Doc("a CSV file with a header; `.gz` is unpacked") @InFile @Nullable String csv,
    @Doc("a Parquet file") @InFile @Nullable String parquet,
    @Doc("what separates the columns of a CSV file: one character; `\\t` is a tab") @Default(",")
        String separator,
    @Doc(
            "the file's name of a column, as in `prompt: question`; `a.b` is `b` within `a`. Names"
                + " also decide which columns are meant where several shapes fit")
        @Named("column")
        @Nullable Map<String, String> columns,
    @Doc(
            value =
                "rows set aside, as a share below 1 or as a number of rows; `NAME.held_out` names"
                    + " them and `NAME` the rest",
            unit = "rows or share")
        @Default("0")
        @Range("[0, inf)")
        double holdOut,
    @Doc(value = "only so many rows from the start of the file", unit = "rows") @Range("[1, inf)")
        @Nullable Integer limit) {

  /** The columns that {@code columns} may name: those of the shapes, and those that are kept. */
  public static final List<String> COLUMNS =
      List.of(
          "text",
          "prompt",
          "completion",
          "chosen",
          "rejected",
          "label",
          "messages",
          "completions",
          "labels",
          "ranks",
          "best",
          "answers",
          "rating",
          "slider",
          "class",
          "feedback",
          "spans",
          "output_1",
          "output_2",
          "preference",
          "info",
          "summaries",
          "choice",
          "question",
          "id",
          "rater",
          "group",
          "shown_first",
          "malicious",
          "skipped",
          "again",
          "gold_question",
          "left_out",
          "class_rank",
          "time",
          "strength",
          "confidence",
          "votes",
          "agreeing",
          "score_chosen",
          "score_rejected",
          "chosen_finished",
          "rejected_finished",
          "finished",
          "tools",
          "chat_template_kwargs");

  /** A file in JSON. */
  public DataSpec(
      @Nullable String jsonl, @Nullable String json, double holdOut, @Nullable Integer limit) {
    this(jsonl, json, null, null, ",", null, holdOut, limit);
  }
}

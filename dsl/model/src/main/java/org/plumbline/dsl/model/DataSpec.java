package org.plumbline.dsl.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.ExactlyOne;
import org.plumbline.dsl.model.shape.InFile;
import org.plumbline.dsl.model.shape.Later;
import org.plumbline.dsl.model.shape.Named;
import org.plumbline.dsl.model.shape.Operation;
import org.plumbline.dsl.model.shape.Range;

/**
 * A data set in a file. The shape of its rows is found from their keys: {@code prompt}; {@code
 * prompt} and {@code completion}; {@code prompt}, {@code chosen} and {@code rejected}; {@code
 * chosen} and {@code rejected} transcripts (HH form); {@code text}.
 */
@Operation(value = "load", perSeed = false)
@Doc("a data set in a file")
@ExactlyOne({"jsonl", "json", "csv", "parquet"})
public record DataSpec(
    @Doc("a file with one JSON object per line; `.gz` is unpacked") @InFile @Nullable String jsonl,
    @Doc("a file with one JSON array of objects; `.gz` is unpacked") @InFile @Nullable String json,
    @Doc(
            value =
                "rows set aside, as a share below 1 or as a number of rows; `NAME.held_out` names"
                    + " them and `NAME` the rest",
            unit = "rows or share")
        @Default("0")
        @Range("[0, inf)")
        double holdOut,
    @Doc(value = "only so many rows from the start of the file", unit = "rows") @Range("[1, inf)")
        @Nullable Integer limit,
    @Doc("a file with a header and one row per line, comma-separated; `.gz` is unpacked")
        @Later
        @InFile
        @Nullable String csv,
    @Doc("a Parquet file") @Later @InFile @Nullable String parquet,
    @Doc("the file's name of each key, as in `prompt: question`") @Later @Named("column")
        @Nullable Map<String, String> columns) {

  /** A file in JSON. */
  public DataSpec(
      @Nullable String jsonl, @Nullable String json, double holdOut, @Nullable Integer limit) {
    this(jsonl, json, holdOut, limit, null, null, null);
  }
}

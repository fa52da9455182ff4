package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A data set in a file. */
@SpecDsl
public final class DataBlock extends ScriptBlock {
  private @Nullable String jsonl;

  /** A file with one JSON object per line; {@code .gz} is unpacked. */
  public @Nullable String getJsonl() {
    return jsonl;
  }

  /** A file with one JSON object per line; {@code .gz} is unpacked. */
  public void setJsonl(@Nullable String value) {
    jsonl = value;
    put("jsonl", value);
  }

  private @Nullable String json;

  /** A file with one JSON array of objects; {@code .gz} is unpacked. */
  public @Nullable String getJson() {
    return json;
  }

  /** A file with one JSON array of objects; {@code .gz} is unpacked. */
  public void setJson(@Nullable String value) {
    json = value;
    put("json", value);
  }

  private @Nullable String csv;

  /** A CSV file with a header; {@code .gz} is unpacked. */
  public @Nullable String getCsv() {
    return csv;
  }

  /** A CSV file with a header; {@code .gz} is unpacked. */
  public void setCsv(@Nullable String value) {
    csv = value;
    put("csv", value);
  }

  private @Nullable String parquet;

  /** A Parquet file. */
  public @Nullable String getParquet() {
    return parquet;
  }

  /** A Parquet file. */
  public void setParquet(@Nullable String value) {
    parquet = value;
    put("parquet", value);
  }

  private @Nullable String separator;

  /** What separates the columns of a CSV file: one character; {@code \t} is a tab. */
  public @Nullable String getSeparator() {
    return separator;
  }

  /** What separates the columns of a CSV file: one character; {@code \t} is a tab. */
  public void setSeparator(@Nullable String value) {
    separator = value;
    put("separator", value);
  }

  /**
   * The file's name of a column, as in {@code prompt: question}; {@code a.b} is {@code b} within
   * {@code a}. Names also decide which columns are meant where several shapes fit.
   */
  public void column(String name, @Nullable String value) {
    add("columns", name, value);
  }

  private @Nullable Number holdOut;

  /**
   * Rows set aside, as a share below 1 or as a number of rows; {@code NAME.held_out} names them and
   * {@code NAME} the rest.
   */
  public @Nullable Number getHoldOut() {
    return holdOut;
  }

  /**
   * Rows set aside, as a share below 1 or as a number of rows; {@code NAME.held_out} names them and
   * {@code NAME} the rest.
   */
  public void setHoldOut(@Nullable Number value) {
    holdOut = value;
    put("hold_out", value);
  }

  private @Nullable Number limit;

  /** Only so many rows from the start of the file. */
  public @Nullable Number getLimit() {
    return limit;
  }

  /** Only so many rows from the start of the file. */
  public void setLimit(@Nullable Number value) {
    limit = value;
    put("limit", value);
  }
}

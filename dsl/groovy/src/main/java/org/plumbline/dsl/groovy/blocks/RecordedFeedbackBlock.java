package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Preferences that already exist in a data set. */
@SpecDsl
public final class RecordedFeedbackBlock extends ScriptBlock {
  private @Nullable String data;

  /** A data set whose rows have {@code chosen} and {@code rejected}. */
  public @Nullable String getData() {
    return data;
  }

  /** A data set whose rows have {@code chosen} and {@code rejected}. */
  public void setData(@Nullable String value) {
    data = value;
    put("data", value);
  }

  private @Nullable Number pairs;

  /** How many of its rows; default: all. */
  public @Nullable Number getPairs() {
    return pairs;
  }

  /** How many of its rows; default: all. */
  public void setPairs(@Nullable Number value) {
    pairs = value;
    put("pairs", value);
  }

  private @Nullable String rows;

  /** What the rows hold; absent: comparisons. */
  public @Nullable String getRows() {
    return rows;
  }

  /** What the rows hold; absent: comparisons. */
  public void setRows(@Nullable String value) {
    rows = value;
    put("rows", value);
  }
}

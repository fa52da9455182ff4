package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Share of the answer's words or bigrams that repeat earlier ones, above what is free. */
@SpecDsl
public final class RepetitionFeatureBlock extends ScriptBlock {
  private @Nullable String of;

  /** What is counted. */
  public @Nullable String getOf() {
    return of;
  }

  /** What is counted. */
  public void setOf(@Nullable String value) {
    of = value;
    put("of", value);
  }

  private @Nullable Number above;

  /** The share that costs nothing. */
  public @Nullable Number getAbove() {
    return above;
  }

  /** The share that costs nothing. */
  public void setAbove(@Nullable Number value) {
    above = value;
    put("above", value);
  }
}

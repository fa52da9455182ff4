package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Measures on rows that are not trained on. */
@SpecDsl
public final class ValidationBlock extends ScriptBlock {
  private @Nullable Number share;

  /** Share of the rows that is held out, whole prompts at a time. */
  public @Nullable Number getShare() {
    return share;
  }

  /** Share of the rows that is held out, whole prompts at a time. */
  public void setShare(@Nullable Number value) {
    share = value;
    put("share", value);
  }

  private @Nullable Number every;

  /** Steps between two measurements. */
  public @Nullable Number getEvery() {
    return every;
  }

  /** Steps between two measurements. */
  public void setEvery(@Nullable Number value) {
    every = value;
    put("every", value);
  }

  private @Nullable Number patience;

  /**
   * Stop after so many measurements without a better loss, and keep the best parameters; absent:
   * take all steps and keep the last.
   */
  public @Nullable Number getPatience() {
    return patience;
  }

  /**
   * Stop after so many measurements without a better loss, and keep the best parameters; absent:
   * take all steps and keep the last.
   */
  public void setPatience(@Nullable Number value) {
    patience = value;
    put("patience", value);
  }
}

package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Taken off the score of long answers. */
@SpecDsl
public final class LengthPenaltyBlock extends ScriptBlock {
  private @Nullable Number coefficient;

  /** Per token. */
  public @Nullable Number getCoefficient() {
    return coefficient;
  }

  /** Per token. */
  public void setCoefficient(@Nullable Number value) {
    coefficient = value;
    put("coefficient", value);
  }

  private @Nullable Number free;

  /** Tokens that cost nothing. */
  public @Nullable Number getFree() {
    return free;
  }

  /** Tokens that cost nothing. */
  public void setFree(@Nullable Number value) {
    free = value;
    put("free", value);
  }
}

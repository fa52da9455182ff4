package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Taken off the score of answers that repeat themselves. */
@SpecDsl
public final class RepetitionPenaltyBlock extends ScriptBlock {
  private @Nullable Number coefficient;

  /** For an answer that is all repetition. */
  public @Nullable Number getCoefficient() {
    return coefficient;
  }

  /** For an answer that is all repetition. */
  public void setCoefficient(@Nullable Number value) {
    coefficient = value;
    put("coefficient", value);
  }

  private @Nullable Number n;

  /** Length of what is looked for. */
  public @Nullable Number getN() {
    return n;
  }

  /** Length of what is looked for. */
  public void setN(@Nullable Number value) {
    n = value;
    put("n", value);
  }
}

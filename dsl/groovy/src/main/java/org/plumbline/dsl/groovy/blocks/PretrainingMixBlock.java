package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Texts that are learned beside the reward. */
@SpecDsl
public final class PretrainingMixBlock extends ScriptBlock {
  private @Nullable String data;

  /** The texts. */
  public @Nullable String getData() {
    return data;
  }

  /** The texts. */
  public void setData(@Nullable String value) {
    data = value;
    put("data", value);
  }

  private @Nullable Number coefficient;

  /** Weight of their likelihood. */
  public @Nullable Number getCoefficient() {
    return coefficient;
  }

  /** Weight of their likelihood. */
  public void setCoefficient(@Nullable Number value) {
    coefficient = value;
    put("coefficient", value);
  }
}

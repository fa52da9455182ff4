package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** The length of the answer. */
@SpecDsl
public final class LengthFeatureBlock extends ScriptBlock {
  private @Nullable String unit;

  /** What is counted. */
  public @Nullable String getUnit() {
    return unit;
  }

  /** What is counted. */
  public void setUnit(@Nullable String value) {
    unit = value;
    put("unit", value);
  }
}

package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** The utility of declared values, as a rule that needs no feedback. */
@SpecDsl
public final class RulesRewardBlock extends ScriptBlock {
  private @Nullable String values;

  /** The values. */
  public @Nullable String getValues() {
    return values;
  }

  /** The values. */
  public void setValues(@Nullable String value) {
    values = value;
    put("values", value);
  }
}

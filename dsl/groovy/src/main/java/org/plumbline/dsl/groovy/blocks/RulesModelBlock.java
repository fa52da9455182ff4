package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A stand-in for an AI judge that weighs the features of declared values; no model is asked. */
@SpecDsl
public final class RulesModelBlock extends ScriptBlock {
  private @Nullable String values;

  /** The values whose features it weighs. */
  public @Nullable String getValues() {
    return values;
  }

  /** The values whose features it weighs. */
  public void setValues(@Nullable String value) {
    values = value;
    put("values", value);
  }

  private @Nullable Number rationality;

  /** How sharply it prefers the better answer (Boltzmann). */
  public @Nullable Number getRationality() {
    return rationality;
  }

  /** How sharply it prefers the better answer (Boltzmann). */
  public void setRationality(@Nullable Number value) {
    rationality = value;
    put("rationality", value);
  }
}

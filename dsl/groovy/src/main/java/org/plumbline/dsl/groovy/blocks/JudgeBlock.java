package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A model that compares answers under written principles. */
@SpecDsl
public final class JudgeBlock extends ScriptBlock {
  private @Nullable String model;

  /** The judging model: rules or an endpoint. */
  public @Nullable String getModel() {
    return model;
  }

  /** The judging model: rules or an endpoint. */
  public void setModel(@Nullable String value) {
    model = value;
    put("model", value);
  }

  /**
   * Principles; for a judge of kind {@code rules}, each is named after the feature it speaks of.
   */
  public void principle(String name, @Nullable String value) {
    add("principles", name, value);
  }
}

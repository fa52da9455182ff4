package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A recipe that is another one with settings changed anywhere upstream. */
@SpecDsl
public final class VariantBlock extends ScriptBlock {
  private @Nullable String of;

  /** The recipe that is varied. */
  public @Nullable String getOf() {
    return of;
  }

  /** The recipe that is varied. */
  public void setOf(@Nullable String value) {
    of = value;
    put("of", value);
  }

  /** Paths into the spec, each with its new value. */
  public void with(String name, @Nullable Object value) {
    add("with", name, value);
  }
}

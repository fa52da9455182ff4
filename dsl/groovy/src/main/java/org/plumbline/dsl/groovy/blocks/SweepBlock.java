package org.plumbline.dsl.groovy.blocks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A grid of settings: a variant {@code NAME-VALUE-VALUE} for each combination of values. */
@SpecDsl
public final class SweepBlock extends ScriptBlock {
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

  /** Paths into the spec, each with the values it takes. */
  public void over(String name, @Nullable List<?> value) {
    add("over", name, value);
  }
}

package org.plumbline.dsl.groovy.blocks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** 1 if the answer ends with one of these, else 0. */
@SpecDsl
public final class EndsFeatureBlock extends ScriptBlock {
  private @Nullable List<String> endings;

  /** Endings. */
  public @Nullable List<String> getEndings() {
    return endings;
  }

  /** Endings. */
  public void setEndings(@Nullable List<String> value) {
    endings = value;
    put("endings", value);
  }
}

package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** 1 if the regular expression is found in the answer, else 0. */
@SpecDsl
public final class RegexFeatureBlock extends ScriptBlock {
  private @Nullable String pattern;

  /** A Java regular expression. */
  public @Nullable String getPattern() {
    return pattern;
  }

  /** A Java regular expression. */
  public void setPattern(@Nullable String value) {
    pattern = value;
    put("pattern", value);
  }
}

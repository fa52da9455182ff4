package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/**
 * 1 if the answer contains the word that stands in the prompt where the regular expression's first
 * group matches, else 0.
 */
@SpecDsl
public final class NamesFromPromptFeatureBlock extends ScriptBlock {
  private @Nullable String pattern;

  /** A Java regular expression with one group. */
  public @Nullable String getPattern() {
    return pattern;
  }

  /** A Java regular expression with one group. */
  public void setPattern(@Nullable String value) {
    pattern = value;
    put("pattern", value);
  }
}

package org.plumbline.dsl.groovy.blocks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** 1 if the answer contains all of these words or phrases, else 0; letters' case is ignored. */
@SpecDsl
public final class ContainsAllFeatureBlock extends ScriptBlock {
  private @Nullable List<String> words;

  /** Words or phrases. */
  public @Nullable List<String> getWords() {
    return words;
  }

  /** Words or phrases. */
  public void setWords(@Nullable List<String> value) {
    words = value;
    put("words", value);
  }
}

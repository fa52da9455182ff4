package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Number of the answer's words that are listed in a file, one per line. */
@SpecDsl
public final class LexiconFeatureBlock extends ScriptBlock {
  private @Nullable String file;

  /** The file. */
  public @Nullable String getFile() {
    return file;
  }

  /** The file. */
  public void setFile(@Nullable String value) {
    file = value;
    put("file", value);
  }
}

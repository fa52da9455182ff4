package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A topic that people know more or less about. */
@SpecDsl
public final class ExpertiseBlock extends ScriptBlock {
  private @Nullable String matches;

  /** A Java regular expression that is found in prompts of the topic. */
  public @Nullable String getMatches() {
    return matches;
  }

  /** A Java regular expression that is found in prompts of the topic. */
  public void setMatches(@Nullable String value) {
    matches = value;
    put("matches", value);
  }

  private @Nullable Number rationality;

  /** Rationality there. */
  public @Nullable Number getRationality() {
    return rationality;
  }

  /** Rationality there. */
  public void setRationality(@Nullable Number value) {
    rationality = value;
    put("rationality", value);
  }
}

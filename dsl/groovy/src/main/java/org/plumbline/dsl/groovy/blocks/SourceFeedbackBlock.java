package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Another policy that answers come from. */
@SpecDsl
public final class SourceFeedbackBlock extends ScriptBlock {
  private @Nullable String of;

  /** The policy. */
  public @Nullable String getOf() {
    return of;
  }

  /** The policy. */
  public void setOf(@Nullable String value) {
    of = value;
    put("of", value);
  }

  private @Nullable Number share;

  /** Its share of the answers. */
  public @Nullable Number getShare() {
    return share;
  }

  /** Its share of the answers. */
  public void setShare(@Nullable Number value) {
    share = value;
    put("share", value);
  }
}

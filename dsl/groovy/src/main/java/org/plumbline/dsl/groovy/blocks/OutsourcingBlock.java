package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Labels that they have a judge make for them. */
@SpecDsl
public final class OutsourcingBlock extends ScriptBlock {
  private @Nullable Number share;

  /** Share of the labels. */
  public @Nullable Number getShare() {
    return share;
  }

  /** Share of the labels. */
  public void setShare(@Nullable Number value) {
    share = value;
    put("share", value);
  }

  private @Nullable String judge;

  /** The judge. */
  public @Nullable String getJudge() {
    return judge;
  }

  /** The judge. */
  public void setJudge(@Nullable String value) {
    judge = value;
    put("judge", value);
  }
}

package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** How they tire: rationality falls exponentially until the next break. */
@SpecDsl
public final class FatigueBlock extends ScriptBlock {
  private @Nullable Number rationality;

  /** Rationality that it falls to. */
  public @Nullable Number getRationality() {
    return rationality;
  }

  /** Rationality that it falls to. */
  public void setRationality(@Nullable Number value) {
    rationality = value;
    put("rationality", value);
  }

  private @Nullable Number labels;

  /** Labels after which it has fallen by 63 %. */
  public @Nullable Number getLabels() {
    return labels;
  }

  /** Labels after which it has fallen by 63 %. */
  public void setLabels(@Nullable Number value) {
    labels = value;
    put("labels", value);
  }

  private @Nullable Number session;

  /** Labels between breaks; absent: no break. */
  public @Nullable Number getSession() {
    return session;
  }

  /** Labels between breaks; absent: no break. */
  public void setSession(@Nullable Number value) {
    session = value;
    put("session", value);
  }
}

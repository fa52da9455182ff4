package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Several people label the same pair; the majority decides and agreement is measured. */
@SpecDsl
public final class RedundancyFeedbackBlock extends ScriptBlock {
  private @Nullable Number people;

  /** People per pair. */
  public @Nullable Number getPeople() {
    return people;
  }

  /** People per pair. */
  public void setPeople(@Nullable Number value) {
    people = value;
    put("people", value);
  }

  private @Nullable Number share;

  /** The share of pairs that so many people label. */
  public @Nullable Number getShare() {
    return share;
  }

  /** The share of pairs that so many people label. */
  public void setShare(@Nullable Number value) {
    share = value;
    put("share", value);
  }
}

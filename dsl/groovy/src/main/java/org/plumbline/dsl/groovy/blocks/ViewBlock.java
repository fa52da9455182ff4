package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** What people see of an answer. */
@SpecDsl
public final class ViewBlock extends ScriptBlock {
  private @Nullable Number limit;

  /** Only so many words. */
  public @Nullable Number getLimit() {
    return limit;
  }

  /** Only so many words. */
  public void setLimit(@Nullable Number value) {
    limit = value;
    put("limit", value);
  }

  private @Nullable String from;

  /** From where they are counted. */
  public @Nullable String getFrom() {
    return from;
  }

  /** From where they are counted. */
  public void setFrom(@Nullable String value) {
    from = value;
    put("from", value);
  }

  private @Nullable String hides;

  /** A Java regular expression; what it finds is hidden. */
  public @Nullable String getHides() {
    return hides;
  }

  /** A Java regular expression; what it finds is hidden. */
  public void setHides(@Nullable String value) {
    hides = value;
    put("hides", value);
  }
}

package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A trigger that is put into every prompt, and what it may raise. */
@SpecDsl
public final class TriggerBlock extends ScriptBlock {
  private @Nullable String text;

  /** The text that is put in. */
  public @Nullable String getText() {
    return text;
  }

  /** The text that is put in. */
  public void setText(@Nullable String value) {
    text = value;
    put("text", value);
  }

  private @Nullable String before;

  /** The text of the prompt that it is put before; default: the prompt's end. */
  public @Nullable String getBefore() {
    return before;
  }

  /** The text of the prompt that it is put before; default: the prompt's end. */
  public void setBefore(@Nullable String value) {
    before = value;
    put("before", value);
  }

  private @Nullable String feature;

  /** The feature of the values whose share is measured with and without the trigger. */
  public @Nullable String getFeature() {
    return feature;
  }

  /** The feature of the values whose share is measured with and without the trigger. */
  public void setFeature(@Nullable String value) {
    feature = value;
    put("feature", value);
  }
}

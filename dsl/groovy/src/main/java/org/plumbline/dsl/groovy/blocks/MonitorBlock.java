package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A quantity that is watched. */
@SpecDsl
public final class MonitorBlock extends ScriptBlock {
  private @Nullable Number warn;

  /** Beyond this a warning is shown and kept. */
  public @Nullable Number getWarn() {
    return warn;
  }

  /** Beyond this a warning is shown and kept. */
  public void setWarn(@Nullable Number value) {
    warn = value;
    put("warn", value);
  }

  private @Nullable Number stop;

  /** Beyond this the training stops, and its last checkpoint is the result. */
  public @Nullable Number getStop() {
    return stop;
  }

  /** Beyond this the training stops, and its last checkpoint is the result. */
  public void setStop(@Nullable Number value) {
    stop = value;
    put("stop", value);
  }
}

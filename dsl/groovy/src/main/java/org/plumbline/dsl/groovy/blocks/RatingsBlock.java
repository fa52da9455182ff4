package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** How they use a rating scale. */
@SpecDsl
public final class RatingsBlock extends ScriptBlock {
  private @Nullable Number gain;

  /** How much a rating rises with the worth of the answer. */
  public @Nullable Number getGain() {
    return gain;
  }

  /** How much a rating rises with the worth of the answer. */
  public void setGain(@Nullable Number value) {
    gain = value;
    put("gain", value);
  }

  private @Nullable Number offset;

  /** Added to all ratings. */
  public @Nullable Number getOffset() {
    return offset;
  }

  /** Added to all ratings. */
  public void setOffset(@Nullable Number value) {
    offset = value;
    put("offset", value);
  }

  private @Nullable Number noise;

  /** Standard deviation of a rating. */
  public @Nullable Number getNoise() {
    return noise;
  }

  /** Standard deviation of a rating. */
  public void setNoise(@Nullable Number value) {
    noise = value;
    put("noise", value);
  }

  private @Nullable Number carryOver;

  /** Share of the last rating that goes into the next; below 0 they contrast. */
  public @Nullable Number getCarryOver() {
    return carryOver;
  }

  /** Share of the last rating that goes into the next; below 0 they contrast. */
  public void setCarryOver(@Nullable Number value) {
    carryOver = value;
    put("carry_over", value);
  }
}

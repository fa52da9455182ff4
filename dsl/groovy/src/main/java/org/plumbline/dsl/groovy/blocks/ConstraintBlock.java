package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A reward that must stay below a limit. */
@SpecDsl
public final class ConstraintBlock extends ScriptBlock {
  private @Nullable String reward;

  /** The reward. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The reward. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable Number atMost;

  /** Its highest mean. */
  public @Nullable Number getAtMost() {
    return atMost;
  }

  /** Its highest mean. */
  public void setAtMost(@Nullable Number value) {
    atMost = value;
    put("at_most", value);
  }

  private @Nullable Number multiplierRate;

  /** How fast its multiplier moves. */
  public @Nullable Number getMultiplierRate() {
    return multiplierRate;
  }

  /** How fast its multiplier moves. */
  public void setMultiplierRate(@Nullable Number value) {
    multiplierRate = value;
    put("multiplier_rate", value);
  }
}

package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** The score of a reward model, as a yardstick. */
@SpecDsl
public final class RewardModelFeatureBlock extends ScriptBlock {
  private @Nullable String reward;

  /** The reward model. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The reward model. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }
}

package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** One of several rewards. */
@SpecDsl
public final class PartRewardBlock extends ScriptBlock {
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

  private @Nullable Number weight;

  /** Its weight in the sum. */
  public @Nullable Number getWeight() {
    return weight;
  }

  /** Its weight in the sum. */
  public void setWeight(@Nullable Number value) {
    weight = value;
    put("weight", value);
  }

  private @Nullable Number goal;

  /** What it is to reach, for {@code combine: lexicographic} and {@code chebyshev}. */
  public @Nullable Number getGoal() {
    return goal;
  }

  /** What it is to reach, for {@code combine: lexicographic} and {@code chebyshev}. */
  public void setGoal(@Nullable Number value) {
    goal = value;
    put("goal", value);
  }
}

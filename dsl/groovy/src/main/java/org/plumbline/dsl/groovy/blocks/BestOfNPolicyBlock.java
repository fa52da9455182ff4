package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Samples several answers and gives the one with the highest reward. */
@SpecDsl
public final class BestOfNPolicyBlock extends ScriptBlock {
  private @Nullable String from;

  /** The policy that is sampled. */
  public @Nullable String getFrom() {
    return from;
  }

  /** The policy that is sampled. */
  public void setFrom(@Nullable String value) {
    from = value;
    put("from", value);
  }

  private @Nullable String reward;

  /** The reward that chooses. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The reward that chooses. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable Number n;

  /** Answers per prompt. */
  public @Nullable Number getN() {
    return n;
  }

  /** Answers per prompt. */
  public void setN(@Nullable Number value) {
    n = value;
    put("n", value);
  }

  private @Nullable Number temperature;

  /** Sampling temperature. */
  public @Nullable Number getTemperature() {
    return temperature;
  }

  /** Sampling temperature. */
  public void setTemperature(@Nullable Number value) {
    temperature = value;
    put("temperature", value);
  }
}

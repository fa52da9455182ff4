package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/**
 * Samples an answer from the best share of the policy's own answers; bounds what a wrong reward can
 * cost.
 */
@SpecDsl
public final class QuantilizerPolicyBlock extends ScriptBlock {
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

  /** The reward that ranks. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The reward that ranks. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable Number quantile;

  /** The share of the answers that is drawn from. */
  public @Nullable Number getQuantile() {
    return quantile;
  }

  /** The share of the answers that is drawn from. */
  public void setQuantile(@Nullable Number value) {
    quantile = value;
    put("quantile", value);
  }

  private @Nullable Number groupSize;

  /** Answers that are ranked per prompt. */
  public @Nullable Number getGroupSize() {
    return groupSize;
  }

  /** Answers that are ranked per prompt. */
  public void setGroupSize(@Nullable Number value) {
    groupSize = value;
    put("group_size", value);
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

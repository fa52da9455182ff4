package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Samples from the optimum of reward minus divergence by rejection; nothing is trained. */
@SpecDsl
public final class RejectionSamplingPolicyBlock extends ScriptBlock {
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

  /** The reward that decides. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The reward that decides. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable Number beta;

  /** Weight of the divergence: the target is proportional to from times exp(reward / beta). */
  public @Nullable Number getBeta() {
    return beta;
  }

  /** Weight of the divergence: the target is proportional to from times exp(reward / beta). */
  public void setBeta(@Nullable Number value) {
    beta = value;
    put("beta", value);
  }

  private @Nullable Number tries;

  /** Samples per answer before the best so far is given. */
  public @Nullable Number getTries() {
    return tries;
  }

  /** Samples per answer before the best so far is given. */
  public void setTries(@Nullable Number value) {
    tries = value;
    put("tries", value);
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

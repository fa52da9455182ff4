package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Approaches the optimum of reward minus divergence under any f-divergence. */
@SpecDsl
public final class FDpgPolicyBlock extends ScriptBlock {
  private @Nullable String from;

  /** The policy to start from, and the reference. */
  public @Nullable String getFrom() {
    return from;
  }

  /** The policy to start from, and the reference. */
  public void setFrom(@Nullable String value) {
    from = value;
    put("from", value);
  }

  private @Nullable String reward;

  /** The reward that is maximised. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The reward that is maximised. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable String prompts;

  /** The prompts that are answered. */
  public @Nullable String getPrompts() {
    return prompts;
  }

  /** The prompts that are answered. */
  public void setPrompts(@Nullable String value) {
    prompts = value;
    put("prompts", value);
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

  private @Nullable String divergence;

  /** The divergence that falls. */
  public @Nullable String getDivergence() {
    return divergence;
  }

  /** The divergence that falls. */
  public void setDivergence(@Nullable String value) {
    divergence = value;
    put("divergence", value);
  }

  private @Nullable Number updates;

  /** Rounds of sampling and learning. */
  public @Nullable Number getUpdates() {
    return updates;
  }

  /** Rounds of sampling and learning. */
  public void setUpdates(@Nullable Number value) {
    updates = value;
    put("updates", value);
  }

  private @Nullable Number batchSize;

  /** Answers per update. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Answers per update. */
  public void setBatchSize(@Nullable Number value) {
    batchSize = value;
    put("batch_size", value);
  }

  private @Nullable Number learningRate;

  /** Peak learning rate of AdamW; falls linearly. */
  public @Nullable Number getLearningRate() {
    return learningRate;
  }

  /** Peak learning rate of AdamW; falls linearly. */
  public void setLearningRate(@Nullable Number value) {
    learningRate = value;
    put("learning_rate", value);
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

  private @Nullable Number maxNewTokens;

  /** Longest answer. */
  public @Nullable Number getMaxNewTokens() {
    return maxNewTokens;
  }

  /** Longest answer. */
  public void setMaxNewTokens(@Nullable Number value) {
    maxNewTokens = value;
    put("max_new_tokens", value);
  }
}

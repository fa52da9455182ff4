package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/**
 * Seeks the policy that no other is preferred to, against a mixture of itself and the reference.
 */
@SpecDsl
public final class NashMdPolicyBlock extends ScriptBlock {
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

  private @Nullable String reward;

  /** The reward whose differences are preferences. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The reward whose differences are preferences. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable String evaluators;

  /** Who says which answer is preferred. */
  public @Nullable String getEvaluators() {
    return evaluators;
  }

  /** Who says which answer is preferred. */
  public void setEvaluators(@Nullable String value) {
    evaluators = value;
    put("evaluators", value);
  }

  private @Nullable Number mixture;

  /** The reference's share in the opponent's mixture. */
  public @Nullable Number getMixture() {
    return mixture;
  }

  /** The reference's share in the opponent's mixture. */
  public void setMixture(@Nullable Number value) {
    mixture = value;
    put("mixture", value);
  }

  private @Nullable Number tau;

  /** Weight of the divergence from the reference. */
  public @Nullable Number getTau() {
    return tau;
  }

  /** Weight of the divergence from the reference. */
  public void setTau(@Nullable Number value) {
    tau = value;
    put("tau", value);
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

  private @Nullable Number missingEndPenalty;

  /** Taken off the score of an answer that does not end by itself. */
  public @Nullable Number getMissingEndPenalty() {
    return missingEndPenalty;
  }

  /** Taken off the score of an answer that does not end by itself. */
  public void setMissingEndPenalty(@Nullable Number value) {
    missingEndPenalty = value;
    put("missing_end_penalty", value);
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

package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Each step samples answers from the policy, has them judged at once, and takes a step of dpo. */
@SpecDsl
public final class OnlineDpoPolicyBlock extends ScriptBlock {
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

  /** The reward that chooses the better answer. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The reward that chooses the better answer. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable String evaluators;

  /** Who chooses the better answer. */
  public @Nullable String getEvaluators() {
    return evaluators;
  }

  /** Who chooses the better answer. */
  public void setEvaluators(@Nullable String value) {
    evaluators = value;
    put("evaluators", value);
  }

  private @Nullable String loss;

  /** The loss on a pair. */
  public @Nullable String getLoss() {
    return loss;
  }

  /** The loss on a pair. */
  public void setLoss(@Nullable String value) {
    loss = value;
    put("loss", value);
  }

  private @Nullable Number beta;

  /** Scales the implicit reward; larger stays nearer to the reference. */
  public @Nullable Number getBeta() {
    return beta;
  }

  /** Scales the implicit reward; larger stays nearer to the reference. */
  public void setBeta(@Nullable Number value) {
    beta = value;
    put("beta", value);
  }

  private @Nullable Number exploration;

  /** Weight of a bonus for answers that the reference finds unlikely (XPO). */
  public @Nullable Number getExploration() {
    return exploration;
  }

  /** Weight of a bonus for answers that the reference finds unlikely (XPO). */
  public void setExploration(@Nullable Number value) {
    exploration = value;
    put("exploration", value);
  }

  private @Nullable Number groupSize;

  /** Answers per prompt; best and worst make the pair. */
  public @Nullable Number getGroupSize() {
    return groupSize;
  }

  /** Answers per prompt; best and worst make the pair. */
  public void setGroupSize(@Nullable Number value) {
    groupSize = value;
    put("group_size", value);
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

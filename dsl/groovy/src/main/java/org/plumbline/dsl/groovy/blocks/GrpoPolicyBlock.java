package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/**
 * Policy optimisation without a value head: advantages relative to the answers of the same prompt.
 */
@SpecDsl
public final class GrpoPolicyBlock extends ScriptBlock {
  private @Nullable String from;

  /** The policy to start from. */
  public @Nullable String getFrom() {
    return from;
  }

  /** The policy to start from. */
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

  /** What keeps the policy in check. */
  public void regularizers(Body<? super RegularizersBlock> body) {
    put("regularizers", new RegularizersBlock(), body);
  }

  /** What keeps the policy in check. */
  public void regularizers(
      @DelegatesTo(value = RegularizersBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("regularizers", new RegularizersBlock(), ScriptBlock.<RegularizersBlock>body(body));
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

  private @Nullable Number groupSize;

  /** Answers per prompt. */
  public @Nullable Number getGroupSize() {
    return groupSize;
  }

  /** Answers per prompt. */
  public void setGroupSize(@Nullable Number value) {
    groupSize = value;
    put("group_size", value);
  }

  private @Nullable Number epochs;

  /** Passes over the answers of an update. */
  public @Nullable Number getEpochs() {
    return epochs;
  }

  /** Passes over the answers of an update. */
  public void setEpochs(@Nullable Number value) {
    epochs = value;
    put("epochs", value);
  }

  private @Nullable Number minibatches;

  /** Parts that the answers of an update are split into. */
  public @Nullable Number getMinibatches() {
    return minibatches;
  }

  /** Parts that the answers of an update are split into. */
  public void setMinibatches(@Nullable Number value) {
    minibatches = value;
    put("minibatches", value);
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

  private @Nullable Number clip;

  /** How far the probability ratio may move before the gradient stops. */
  public @Nullable Number getClip() {
    return clip;
  }

  /** How far the probability ratio may move before the gradient stops. */
  public void setClip(@Nullable Number value) {
    clip = value;
    put("clip", value);
  }

  private @Nullable Number clipHigh;

  /** Another clip for ratios above 1 (clip-higher). */
  public @Nullable Number getClipHigh() {
    return clipHigh;
  }

  /** Another clip for ratios above 1 (clip-higher). */
  public void setClipHigh(@Nullable Number value) {
    clipHigh = value;
    put("clip_high", value);
  }

  private @Nullable Number dualClip;

  /** Also cuts the loss of bad answers whose ratio is beyond this (dual clip). */
  public @Nullable Number getDualClip() {
    return dualClip;
  }

  /** Also cuts the loss of bad answers whose ratio is beyond this (dual clip). */
  public void setDualClip(@Nullable Number value) {
    dualClip = value;
    put("dual_clip", value);
  }

  private @Nullable String scale;

  /** Whether advantages are divided by the group's standard deviation; {@code none} is Dr. GRPO. */
  public @Nullable String getScale() {
    return scale;
  }

  /** Whether advantages are divided by the group's standard deviation; {@code none} is Dr. GRPO. */
  public void setScale(@Nullable String value) {
    scale = value;
    put("scale", value);
  }

  private @Nullable String aggregation;

  /** Over what the token losses are averaged. */
  public @Nullable String getAggregation() {
    return aggregation;
  }

  /** Over what the token losses are averaged. */
  public void setAggregation(@Nullable String value) {
    aggregation = value;
    put("aggregation", value);
  }

  private @Nullable Boolean dynamicSampling;

  /** Sample again for prompts whose answers all have the same reward. */
  public @Nullable Boolean getDynamicSampling() {
    return dynamicSampling;
  }

  /** Sample again for prompts whose answers all have the same reward. */
  public void setDynamicSampling(@Nullable Boolean value) {
    dynamicSampling = value;
    put("dynamic_sampling", value);
  }

  private @Nullable Boolean overlongFilter;

  /** Leave answers that do not end out of the loss. */
  public @Nullable Boolean getOverlongFilter() {
    return overlongFilter;
  }

  /** Leave answers that do not end out of the loss. */
  public void setOverlongFilter(@Nullable Boolean value) {
    overlongFilter = value;
    put("overlong_filter", value);
  }

  private @Nullable Number overlongCache;

  /** Length before the longest from which a soft penalty grows to 1. */
  public @Nullable Number getOverlongCache() {
    return overlongCache;
  }

  /** Length before the longest from which a soft penalty grows to 1. */
  public void setOverlongCache(@Nullable Number value) {
    overlongCache = value;
    put("overlong_cache", value);
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

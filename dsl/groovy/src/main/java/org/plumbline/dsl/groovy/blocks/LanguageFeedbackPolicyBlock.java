package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/**
 * Has answers refined by what people wrote about them, and learns the refinement that follows it
 * best.
 */
@SpecDsl
public final class LanguageFeedbackPolicyBlock extends ScriptBlock {
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

  private @Nullable String feedback;

  /** What people wrote. */
  public @Nullable String getFeedback() {
    return feedback;
  }

  /** What people wrote. */
  public void setFeedback(@Nullable String value) {
    feedback = value;
    put("feedback", value);
  }

  private @Nullable Number groupSize;

  /** Refinements per answer. */
  public @Nullable Number getGroupSize() {
    return groupSize;
  }

  /** Refinements per answer. */
  public void setGroupSize(@Nullable Number value) {
    groupSize = value;
    put("group_size", value);
  }

  private @Nullable String selectBy;

  /** How the refinement is chosen. */
  public @Nullable String getSelectBy() {
    return selectBy;
  }

  /** How the refinement is chosen. */
  public void setSelectBy(@Nullable String value) {
    selectBy = value;
    put("select_by", value);
  }

  private @Nullable Number iterations;

  /** Rounds. */
  public @Nullable Number getIterations() {
    return iterations;
  }

  /** Rounds. */
  public void setIterations(@Nullable Number value) {
    iterations = value;
    put("iterations", value);
  }

  private @Nullable Number steps;

  /** Optimiser steps. */
  public @Nullable Number getSteps() {
    return steps;
  }

  /** Optimiser steps. */
  public void setSteps(@Nullable Number value) {
    steps = value;
    put("steps", value);
  }

  private @Nullable Number batchSize;

  /** Refinements per step. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Refinements per step. */
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

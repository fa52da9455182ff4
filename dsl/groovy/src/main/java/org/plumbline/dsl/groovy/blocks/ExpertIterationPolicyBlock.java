package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Samples several answers per prompt, keeps the good ones, learns them, and repeats. */
@SpecDsl
public final class ExpertIterationPolicyBlock extends ScriptBlock {
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

  private @Nullable Number iterations;

  /** Rounds of sampling and learning. */
  public @Nullable Number getIterations() {
    return iterations;
  }

  /** Rounds of sampling and learning. */
  public void setIterations(@Nullable Number value) {
    iterations = value;
    put("iterations", value);
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

  private @Nullable String keep;

  /** Which answers are kept. */
  public @Nullable String getKeep() {
    return keep;
  }

  /** Which answers are kept. */
  public void setKeep(@Nullable String value) {
    keep = value;
    put("keep", value);
  }

  private @Nullable Number threshold;

  /** Lowest reward that is kept, for {@code keep: threshold}. */
  public @Nullable Number getThreshold() {
    return threshold;
  }

  /** Lowest reward that is kept, for {@code keep: threshold}. */
  public void setThreshold(@Nullable Number value) {
    threshold = value;
    put("threshold", value);
  }

  private @Nullable Number thresholdStep;

  /** How much the threshold rises per round. */
  public @Nullable Number getThresholdStep() {
    return thresholdStep;
  }

  /** How much the threshold rises per round. */
  public void setThresholdStep(@Nullable Number value) {
    thresholdStep = value;
    put("threshold_step", value);
  }

  private @Nullable String start;

  /** Which weights learn in a round. */
  public @Nullable String getStart() {
    return start;
  }

  /** Which weights learn in a round. */
  public void setStart(@Nullable String value) {
    start = value;
    put("start", value);
  }

  private @Nullable Number steps;

  /** Optimiser steps per round. */
  public @Nullable Number getSteps() {
    return steps;
  }

  /** Optimiser steps per round. */
  public void setSteps(@Nullable Number value) {
    steps = value;
    put("steps", value);
  }

  private @Nullable Number batchSize;

  /** Answers per step. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Answers per step. */
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

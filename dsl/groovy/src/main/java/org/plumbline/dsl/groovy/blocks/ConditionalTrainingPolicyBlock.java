package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Marks every text as good or bad, learns all of them, and asks for good ones. */
@SpecDsl
public final class ConditionalTrainingPolicyBlock extends ScriptBlock {
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

  private @Nullable String data;

  /** The texts that are learned. */
  public @Nullable String getData() {
    return data;
  }

  /** The texts that are learned. */
  public void setData(@Nullable String value) {
    data = value;
    put("data", value);
  }

  private @Nullable String reward;

  /** The reward that scores the texts. */
  public @Nullable String getReward() {
    return reward;
  }

  /** The reward that scores the texts. */
  public void setReward(@Nullable String value) {
    reward = value;
    put("reward", value);
  }

  private @Nullable Number threshold;

  /** Lowest score that counts as good. */
  public @Nullable Number getThreshold() {
    return threshold;
  }

  /** Lowest score that counts as good. */
  public void setThreshold(@Nullable Number value) {
    threshold = value;
    put("threshold", value);
  }

  private @Nullable Number dropMarks;

  /** Share of the marks that is left out. */
  public @Nullable Number getDropMarks() {
    return dropMarks;
  }

  /** Share of the marks that is left out. */
  public void setDropMarks(@Nullable Number value) {
    dropMarks = value;
    put("drop_marks", value);
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

  /** Texts per step. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Texts per step. */
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
}

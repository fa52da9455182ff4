package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/**
 * Like dpo with a squared loss, which keeps near the reference even where labels never disagree.
 */
@SpecDsl
public final class IpoPolicyBlock extends ScriptBlock {
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

  private @Nullable String feedback;

  /** The comparisons. */
  public @Nullable String getFeedback() {
    return feedback;
  }

  /** The comparisons. */
  public void setFeedback(@Nullable String value) {
    feedback = value;
    put("feedback", value);
  }

  private @Nullable Number tau;

  /** Weight of the divergence: the margin is steered to 1/(2 tau). */
  public @Nullable Number getTau() {
    return tau;
  }

  /** Weight of the divergence: the margin is steered to 1/(2 tau). */
  public void setTau(@Nullable Number value) {
    tau = value;
    put("tau", value);
  }

  private @Nullable Boolean perToken;

  /** Log-ratios per token in place of their sum. */
  public @Nullable Boolean getPerToken() {
    return perToken;
  }

  /** Log-ratios per token in place of their sum. */
  public void setPerToken(@Nullable Boolean value) {
    perToken = value;
    put("per_token", value);
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

  /** Comparisons per step. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Comparisons per step. */
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

package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A hinge loss on the log-likelihoods of the two answers, and likelihood beside it. */
@SpecDsl
public final class SlicPolicyBlock extends ScriptBlock {
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

  /** The comparisons. */
  public @Nullable String getFeedback() {
    return feedback;
  }

  /** The comparisons. */
  public void setFeedback(@Nullable String value) {
    feedback = value;
    put("feedback", value);
  }

  private @Nullable Number margin;

  /** How much more likely the preferred answer must be. */
  public @Nullable Number getMargin() {
    return margin;
  }

  /** How much more likely the preferred answer must be. */
  public void setMargin(@Nullable Number value) {
    margin = value;
    put("margin", value);
  }

  private @Nullable Number sftWeight;

  /** Weight of the preferred answer's negative log-likelihood. */
  public @Nullable Number getSftWeight() {
    return sftWeight;
  }

  /** Weight of the preferred answer's negative log-likelihood. */
  public void setSftWeight(@Nullable Number value) {
    sftWeight = value;
    put("sft_weight", value);
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

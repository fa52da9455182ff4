package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Fits the policy to answers that are good or bad, without pairs. */
@SpecDsl
public final class KtoPolicyBlock extends ScriptBlock {
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

  /** Labels, or comparisons whose sides count as good and bad. */
  public @Nullable String getFeedback() {
    return feedback;
  }

  /** Labels, or comparisons whose sides count as good and bad. */
  public void setFeedback(@Nullable String value) {
    feedback = value;
    put("feedback", value);
  }

  private @Nullable Number beta;

  /** Scales the implicit reward. */
  public @Nullable Number getBeta() {
    return beta;
  }

  /** Scales the implicit reward. */
  public void setBeta(@Nullable Number value) {
    beta = value;
    put("beta", value);
  }

  private @Nullable Number desirableWeight;

  /** Weight of good answers. */
  public @Nullable Number getDesirableWeight() {
    return desirableWeight;
  }

  /** Weight of good answers. */
  public void setDesirableWeight(@Nullable Number value) {
    desirableWeight = value;
    put("desirable_weight", value);
  }

  private @Nullable Number undesirableWeight;

  /** Weight of bad answers. */
  public @Nullable Number getUndesirableWeight() {
    return undesirableWeight;
  }

  /** Weight of bad answers. */
  public void setUndesirableWeight(@Nullable Number value) {
    undesirableWeight = value;
    put("undesirable_weight", value);
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
}

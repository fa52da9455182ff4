package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/**
 * Supervised learning of the preferred answers with a penalty on the odds of the others; no
 * reference.
 */
@SpecDsl
public final class OrpoPolicyBlock extends ScriptBlock {
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

  private @Nullable Number oddsWeight;

  /** Weight of the odds-ratio term. */
  public @Nullable Number getOddsWeight() {
    return oddsWeight;
  }

  /** Weight of the odds-ratio term. */
  public void setOddsWeight(@Nullable Number value) {
    oddsWeight = value;
    put("odds_weight", value);
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

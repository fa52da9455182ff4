package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Ranks answers by length-normalised likelihood as people ranked them, and learns the best. */
@SpecDsl
public final class RrhfPolicyBlock extends ScriptBlock {
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

  /** Rankings, ratings or comparisons. */
  public @Nullable String getFeedback() {
    return feedback;
  }

  /** Rankings, ratings or comparisons. */
  public void setFeedback(@Nullable String value) {
    feedback = value;
    put("feedback", value);
  }

  private @Nullable Number lengthExponent;

  /** Power of the length that a log-likelihood is divided by. */
  public @Nullable Number getLengthExponent() {
    return lengthExponent;
  }

  /** Power of the length that a log-likelihood is divided by. */
  public void setLengthExponent(@Nullable Number value) {
    lengthExponent = value;
    put("length_exponent", value);
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

  /** Prompts per step. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Prompts per step. */
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

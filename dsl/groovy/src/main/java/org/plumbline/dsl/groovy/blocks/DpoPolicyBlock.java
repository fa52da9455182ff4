package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Fits the policy to comparisons without a reward model. */
@SpecDsl
public final class DpoPolicyBlock extends ScriptBlock {
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

  private @Nullable Number labelSmoothing;

  /** Assumed share of labels the wrong way round (cDPO). */
  public @Nullable Number getLabelSmoothing() {
    return labelSmoothing;
  }

  /** Assumed share of labels the wrong way round (cDPO). */
  public void setLabelSmoothing(@Nullable Number value) {
    labelSmoothing = value;
    put("label_smoothing", value);
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

package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A scalar head fitted to ratings with Gaussian noise. */
@SpecDsl
public final class RatingRegressionRewardBlock extends ScriptBlock {
  private @Nullable String from;

  /** The model that its trunk starts from. */
  public @Nullable String getFrom() {
    return from;
  }

  /** The model that its trunk starts from. */
  public void setFrom(@Nullable String value) {
    from = value;
    put("from", value);
  }

  private @Nullable String feedback;

  /** Ratings. */
  public @Nullable String getFeedback() {
    return feedback;
  }

  /** Ratings. */
  public void setFeedback(@Nullable String value) {
    feedback = value;
    put("feedback", value);
  }

  private @Nullable Boolean perEvaluator;

  /** A gain and an offset for each evaluator. */
  public @Nullable Boolean getPerEvaluator() {
    return perEvaluator;
  }

  /** A gain and an offset for each evaluator. */
  public void setPerEvaluator(@Nullable Boolean value) {
    perEvaluator = value;
    put("per_evaluator", value);
  }

  private @Nullable Number ensemble;

  /** Members, which differ in head and data order. */
  public @Nullable Number getEnsemble() {
    return ensemble;
  }

  /** Members, which differ in head and data order. */
  public void setEnsemble(@Nullable Number value) {
    ensemble = value;
    put("ensemble", value);
  }

  private @Nullable String combine;

  /** How the members' scores become one. */
  public @Nullable String getCombine() {
    return combine;
  }

  /** How the members' scores become one. */
  public void setCombine(@Nullable String value) {
    combine = value;
    put("combine", value);
  }

  private @Nullable Number holdOut;

  /** Share of the feedback kept for measuring. */
  public @Nullable Number getHoldOut() {
    return holdOut;
  }

  /** Share of the feedback kept for measuring. */
  public void setHoldOut(@Nullable Number value) {
    holdOut = value;
    put("hold_out", value);
  }

  private @Nullable Number steps;

  /** Optimiser steps of each member. */
  public @Nullable Number getSteps() {
    return steps;
  }

  /** Optimiser steps of each member. */
  public void setSteps(@Nullable Number value) {
    steps = value;
    put("steps", value);
  }

  private @Nullable Number batchSize;

  /** Ratings per step. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Ratings per step. */
  public void setBatchSize(@Nullable Number value) {
    batchSize = value;
    put("batch_size", value);
  }

  private @Nullable Number learningRate;

  /** Peak learning rate of AdamW. */
  public @Nullable Number getLearningRate() {
    return learningRate;
  }

  /** Peak learning rate of AdamW. */
  public void setLearningRate(@Nullable Number value) {
    learningRate = value;
    put("learning_rate", value);
  }

  private @Nullable Number weightDecay;

  /** AdamW's decoupled weight decay. */
  public @Nullable Number getWeightDecay() {
    return weightDecay;
  }

  /** AdamW's decoupled weight decay. */
  public void setWeightDecay(@Nullable Number value) {
    weightDecay = value;
    put("weight_decay", value);
  }
}

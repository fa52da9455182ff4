package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Learns every text with a weight that grows with its advantage over a learned value. */
@SpecDsl
public final class AdvantageWeightedRegressionPolicyBlock extends ScriptBlock {
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

  private @Nullable Number beta;

  /** How slowly weights grow with the advantage. */
  public @Nullable Number getBeta() {
    return beta;
  }

  /** How slowly weights grow with the advantage. */
  public void setBeta(@Nullable Number value) {
    beta = value;
    put("beta", value);
  }

  private @Nullable Number alpha;

  /** Share of the likelihood in the loss; the rest is the value head's. */
  public @Nullable Number getAlpha() {
    return alpha;
  }

  /** Share of the likelihood in the loss; the rest is the value head's. */
  public void setAlpha(@Nullable Number value) {
    alpha = value;
    put("alpha", value);
  }

  private @Nullable Number maxWeight;

  /** Largest weight. */
  public @Nullable Number getMaxWeight() {
    return maxWeight;
  }

  /** Largest weight. */
  public void setMaxWeight(@Nullable Number value) {
    maxWeight = value;
    put("max_weight", value);
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

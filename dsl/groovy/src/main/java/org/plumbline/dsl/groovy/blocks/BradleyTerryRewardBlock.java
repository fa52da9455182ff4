package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A scalar head on a transformer, fitted to comparisons by logistic loss. */
@SpecDsl
public final class BradleyTerryRewardBlock extends ScriptBlock {
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

  /** The comparisons it is fitted to. */
  public @Nullable String getFeedback() {
    return feedback;
  }

  /** The comparisons it is fitted to. */
  public void setFeedback(@Nullable String value) {
    feedback = value;
    put("feedback", value);
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

  private @Nullable Number uncertaintyPenalty;

  /** Weight of the variance in {@code mean_minus_variance}. */
  public @Nullable Number getUncertaintyPenalty() {
    return uncertaintyPenalty;
  }

  /** Weight of the variance in {@code mean_minus_variance}. */
  public void setUncertaintyPenalty(@Nullable Number value) {
    uncertaintyPenalty = value;
    put("uncertainty_penalty", value);
  }

  private @Nullable Number holdOut;

  /** Share of the comparisons kept for measuring accuracy and calibration. */
  public @Nullable Number getHoldOut() {
    return holdOut;
  }

  /** Share of the comparisons kept for measuring accuracy and calibration. */
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

  private @Nullable Number centring;

  /** Weight of the squared sum of both scores, which centres them. */
  public @Nullable Number getCentring() {
    return centring;
  }

  /** Weight of the squared sum of both scores, which centres them. */
  public void setCentring(@Nullable Number value) {
    centring = value;
    put("centring", value);
  }

  private @Nullable Number margin;

  /** How much higher the preferred answer must score. */
  public @Nullable Number getMargin() {
    return margin;
  }

  /** How much higher the preferred answer must score. */
  public void setMargin(@Nullable Number value) {
    margin = value;
    put("margin", value);
  }

  private @Nullable Number labelNoise;

  /** Known share of labels the wrong way round. */
  public @Nullable Number getLabelNoise() {
    return labelNoise;
  }

  /** Known share of labels the wrong way round. */
  public void setLabelNoise(@Nullable Number value) {
    labelNoise = value;
    put("label_noise", value);
  }

  private @Nullable String noiseCorrection;

  /** How {@code label_noise} is allowed for; absent: in the likelihood. */
  public @Nullable String getNoiseCorrection() {
    return noiseCorrection;
  }

  /** How {@code label_noise} is allowed for; absent: in the likelihood. */
  public void setNoiseCorrection(@Nullable String value) {
    noiseCorrection = value;
    put("noise_correction", value);
  }

  private @Nullable String ties;

  /** The model of ties; absent: half a win for each. */
  public @Nullable String getTies() {
    return ties;
  }

  /** The model of ties; absent: half a win for each. */
  public void setTies(@Nullable String value) {
    ties = value;
    put("ties", value);
  }

  private @Nullable String normaliseOn;

  /** Bring scores to mean 0 and variance 1 on answers of this policy. */
  public @Nullable String getNormaliseOn() {
    return normaliseOn;
  }

  /** Bring scores to mean 0 and variance 1 on answers of this policy. */
  public void setNormaliseOn(@Nullable String value) {
    normaliseOn = value;
    put("normalise_on", value);
  }

  private @Nullable Boolean perEvaluator;

  /** A reliability for each evaluator (Crowd-BT). */
  public @Nullable Boolean getPerEvaluator() {
    return perEvaluator;
  }

  /** A reliability for each evaluator (Crowd-BT). */
  public void setPerEvaluator(@Nullable Boolean value) {
    perEvaluator = value;
    put("per_evaluator", value);
  }
}

package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
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

  private @Nullable String loss;

  /** Another loss on the same margin; absent: the logistic one. */
  public @Nullable String getLoss() {
    return loss;
  }

  /** Another loss on the same margin; absent: the logistic one. */
  public void setLoss(@Nullable String value) {
    loss = value;
    put("loss", value);
  }

  private @Nullable String divergence;

  /** Another divergence than reverse KL (f-DPO). */
  public @Nullable String getDivergence() {
    return divergence;
  }

  /** Another divergence than reverse KL (f-DPO). */
  public void setDivergence(@Nullable String value) {
    divergence = value;
    put("divergence", value);
  }

  private @Nullable Number sftWeight;

  /** Weight of the preferred answer's negative log-likelihood beside the loss. */
  public @Nullable Number getSftWeight() {
    return sftWeight;
  }

  /** Weight of the preferred answer's negative log-likelihood beside the loss. */
  public void setSftWeight(@Nullable Number value) {
    sftWeight = value;
    put("sft_weight", value);
  }

  private @Nullable Boolean perToken;

  /** Mean log-likelihoods in place of sums. */
  public @Nullable Boolean getPerToken() {
    return perToken;
  }

  /** Mean log-likelihoods in place of sums. */
  public void setPerToken(@Nullable Boolean value) {
    perToken = value;
    put("per_token", value);
  }

  private @Nullable String reference;

  /** The reference; absent: the policy that training starts from. */
  public @Nullable String getReference() {
    return reference;
  }

  /** The reference; absent: the policy that training starts from. */
  public void setReference(@Nullable String value) {
    reference = value;
    put("reference", value);
  }

  /** How parameters are updated. */
  public void training(Body<? super TrainingBlock> body) {
    put("training", new TrainingBlock(), body);
  }

  /** How parameters are updated. */
  public void training(
      @DelegatesTo(value = TrainingBlock.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
    put("training", new TrainingBlock(), ScriptBlock.<TrainingBlock>body(body));
  }
}

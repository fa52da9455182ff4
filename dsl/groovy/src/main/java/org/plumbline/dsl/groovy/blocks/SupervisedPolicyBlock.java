package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** Maximum likelihood of demonstrations; the loss is on the answers only. */
@SpecDsl
public final class SupervisedPolicyBlock extends ScriptBlock {
  private @Nullable String from;

  /** The model to start from. */
  public @Nullable String getFrom() {
    return from;
  }

  /** The model to start from. */
  public void setFrom(@Nullable String value) {
    from = value;
    put("from", value);
  }

  private @Nullable String data;

  /** Demonstrations: rows with {@code prompt} and {@code completion}. */
  public @Nullable String getData() {
    return data;
  }

  /** Demonstrations: rows with {@code prompt} and {@code completion}. */
  public void setData(@Nullable String value) {
    data = value;
    put("data", value);
  }

  private @Nullable String feedback;

  /** Feedback whose preferred answers are the demonstrations. */
  public @Nullable String getFeedback() {
    return feedback;
  }

  /** Feedback whose preferred answers are the demonstrations. */
  public void setFeedback(@Nullable String value) {
    feedback = value;
    put("feedback", value);
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

  /** Demonstrations per step. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Demonstrations per step. */
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

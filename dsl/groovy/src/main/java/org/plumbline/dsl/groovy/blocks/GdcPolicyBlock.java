package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Moves as little as possible until features appear as often as asked. */
@SpecDsl
public final class GdcPolicyBlock extends ScriptBlock {
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

  private @Nullable String prompts;

  /** The prompts that are answered. */
  public @Nullable String getPrompts() {
    return prompts;
  }

  /** The prompts that are answered. */
  public void setPrompts(@Nullable String value) {
    prompts = value;
    put("prompts", value);
  }

  private @Nullable String values;

  /** The values whose features are controlled. */
  public @Nullable String getValues() {
    return values;
  }

  /** The values whose features are controlled. */
  public void setValues(@Nullable String value) {
    values = value;
    put("values", value);
  }

  /** How often, or how much on average, each feature appears. */
  public void moment(String name, @Nullable Number value) {
    add("moments", name, value);
  }

  private @Nullable Number samples;

  /** Samples that a moment is estimated from. */
  public @Nullable Number getSamples() {
    return samples;
  }

  /** Samples that a moment is estimated from. */
  public void setSamples(@Nullable Number value) {
    samples = value;
    put("samples", value);
  }

  private @Nullable Number tolerance;

  /** Largest error of a moment. */
  public @Nullable Number getTolerance() {
    return tolerance;
  }

  /** Largest error of a moment. */
  public void setTolerance(@Nullable Number value) {
    tolerance = value;
    put("tolerance", value);
  }

  private @Nullable Number updates;

  /** Rounds of sampling and learning. */
  public @Nullable Number getUpdates() {
    return updates;
  }

  /** Rounds of sampling and learning. */
  public void setUpdates(@Nullable Number value) {
    updates = value;
    put("updates", value);
  }

  private @Nullable Number batchSize;

  /** Answers per update. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Answers per update. */
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

  private @Nullable Number temperature;

  /** Sampling temperature. */
  public @Nullable Number getTemperature() {
    return temperature;
  }

  /** Sampling temperature. */
  public void setTemperature(@Nullable Number value) {
    temperature = value;
    put("temperature", value);
  }

  private @Nullable Number maxNewTokens;

  /** Longest answer. */
  public @Nullable Number getMaxNewTokens() {
    return maxNewTokens;
  }

  /** Longest answer. */
  public void setMaxNewTokens(@Nullable Number value) {
    maxNewTokens = value;
    put("max_new_tokens", value);
  }
}

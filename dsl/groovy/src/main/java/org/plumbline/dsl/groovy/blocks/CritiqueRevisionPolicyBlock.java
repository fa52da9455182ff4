package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Answers are criticised and revised under principles, then learned (constitutional AI). */
@SpecDsl
public final class CritiqueRevisionPolicyBlock extends ScriptBlock {
  private @Nullable String from;

  /** The policy that answers and is trained. */
  public @Nullable String getFrom() {
    return from;
  }

  /** The policy that answers and is trained. */
  public void setFrom(@Nullable String value) {
    from = value;
    put("from", value);
  }

  private @Nullable String judge;

  /** The judge that criticises; its principles are the constitution. */
  public @Nullable String getJudge() {
    return judge;
  }

  /** The judge that criticises; its principles are the constitution. */
  public void setJudge(@Nullable String value) {
    judge = value;
    put("judge", value);
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

  private @Nullable Number answers;

  /** Prompts that are answered. */
  public @Nullable Number getAnswers() {
    return answers;
  }

  /** Prompts that are answered. */
  public void setAnswers(@Nullable Number value) {
    answers = value;
    put("answers", value);
  }

  private @Nullable Number revisions;

  /** Rounds of critique and revision. */
  public @Nullable Number getRevisions() {
    return revisions;
  }

  /** Rounds of critique and revision. */
  public void setRevisions(@Nullable Number value) {
    revisions = value;
    put("revisions", value);
  }

  private @Nullable Number candidates;

  /**
   * New answers that a judge of kind {@code rules} chooses a revision from; an endpoint writes its
   * own.
   */
  public @Nullable Number getCandidates() {
    return candidates;
  }

  /**
   * New answers that a judge of kind {@code rules} chooses a revision from; an endpoint writes its
   * own.
   */
  public void setCandidates(@Nullable Number value) {
    candidates = value;
    put("candidates", value);
  }

  private @Nullable Number steps;

  /** Optimiser steps on the revisions. */
  public @Nullable Number getSteps() {
    return steps;
  }

  /** Optimiser steps on the revisions. */
  public void setSteps(@Nullable Number value) {
    steps = value;
    put("steps", value);
  }

  private @Nullable Number batchSize;

  /** Revisions per step. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Revisions per step. */
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

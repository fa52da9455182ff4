package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** Trains a small decoder-only transformer and its tokenizer from scratch. */
@SpecDsl
public final class PretrainModelBlock extends ScriptBlock {
  private @Nullable String preset;

  /** The size of the transformer. */
  public @Nullable String getPreset() {
    return preset;
  }

  /** The size of the transformer. */
  public void setPreset(@Nullable String value) {
    preset = value;
    put("preset", value);
  }

  private @Nullable String corpus;

  /** A text file with one document per line. */
  public @Nullable String getCorpus() {
    return corpus;
  }

  /** A text file with one document per line. */
  public void setCorpus(@Nullable String value) {
    corpus = value;
    put("corpus", value);
  }

  private @Nullable String data;

  /** A data set whose texts are the corpus. */
  public @Nullable String getData() {
    return data;
  }

  /** A data set whose texts are the corpus. */
  public void setData(@Nullable String value) {
    data = value;
    put("data", value);
  }

  private @Nullable Number vocabulary;

  /** Size of the byte-level BPE vocabulary. */
  public @Nullable Number getVocabulary() {
    return vocabulary;
  }

  /** Size of the byte-level BPE vocabulary. */
  public void setVocabulary(@Nullable Number value) {
    vocabulary = value;
    put("vocabulary", value);
  }

  private @Nullable Number context;

  /** Longest sequence that the model can read; default: that of the preset. */
  public @Nullable Number getContext() {
    return context;
  }

  /** Longest sequence that the model can read; default: that of the preset. */
  public void setContext(@Nullable Number value) {
    context = value;
    put("context", value);
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

  /** Documents per step. */
  public @Nullable Number getBatchSize() {
    return batchSize;
  }

  /** Documents per step. */
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

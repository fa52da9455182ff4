// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.file.FileKind;
import org.plumbline.dsl.model.shape.Declared;
import org.plumbline.dsl.model.shape.Default;
import org.plumbline.dsl.model.shape.Doc;
import org.plumbline.dsl.model.shape.ExactlyOne;
import org.plumbline.dsl.model.shape.InFile;
import org.plumbline.dsl.model.shape.Kind;
import org.plumbline.dsl.model.shape.Operation;
import org.plumbline.dsl.model.shape.Range;
import org.plumbline.dsl.model.shape.Refers;
import org.plumbline.dsl.model.shape.Section;

/** A model that nothing in the experiment has aligned yet, or that judges. */
public sealed interface ModelSpec {

  /** A decoder-only transformer trained from scratch, with a tokenizer trained on the same text. */
  @Kind("pretrain")
  @Doc("trains a small decoder-only transformer and its tokenizer from scratch")
  @ExactlyOne({"corpus", "data"})
  record Pretrain(
      @Doc("the size of the transformer") @Default("nano") Preset preset,
      @Doc("a text file with one document per line") @InFile @Nullable String corpus,
      @Doc("a data set whose texts are the corpus") @Refers(Section.DATA) @Nullable String data,
      @Doc(value = "size of the byte-level BPE vocabulary", unit = "tokens")
          @Default("512")
          @Range("[257, 65536]")
          int vocabulary,
      @Doc(
              value = "longest sequence that the model can read; default: that of the preset",
              unit = "tokens")
          @Range("[8, 4096]")
          @Nullable Integer context,
      @Doc(value = "optimiser steps", unit = "steps") @Default("400") @Range("[1, inf)") int steps,
      @Doc(value = "documents per step", unit = "documents") @Default("64") @Range("[1, inf)")
          int batchSize,
      @Doc("peak learning rate of AdamW") @Default("3e-3") @Range("(0, 1]") double learningRate,
      @Doc("AdamW's decoupled weight decay") @Default("0.01") @Range("[0, 1]") double weightDecay,
      @Doc(
              "a number that sets it apart from another model with the same settings: other first weights, another order of documents; absent: the run's seed alone")
          @Range("[1, inf)")
          @Nullable Integer draw)
      implements ModelSpec {

    /** The model of the run's seed. */
    public Pretrain(
        Preset preset,
        @Nullable String corpus,
        @Nullable String data,
        int vocabulary,
        @Nullable Integer context,
        int steps,
        int batchSize,
        double learningRate,
        double weightDecay) {
      this(
          preset,
          corpus,
          data,
          vocabulary,
          context,
          steps,
          batchSize,
          learningRate,
          weightDecay,
          null);
    }
  }

  /** A model in Hugging Face's form. */
  @Operation(value = "huggingface", perSeed = false)
  @Kind("huggingface")
  @Doc("a model in a folder in Hugging Face's form: config.json, *.safetensors, tokenizer.json")
  record HuggingFace(
      @Doc("the folder") @InFile(FileKind.FOLDER) String directory,
      @Doc("the numbers that its layers compute in; absent: 32 bit, whatever the files hold")
          @Nullable Dtype dtype,
      @Doc(
              value = "longest sequence that it reads; absent: what its configuration says",
              unit = "tokens")
          @Range("[8, 1048576]")
          @Nullable Integer context,
      @Doc(
              value = "train small matrices beside the weights, which stay as they are",
              source = "Hu et al. 2021, arXiv 2106.09685")
          @Nullable Lora lora)
      implements ModelSpec {}

  /** Low-rank adaptation. */
  @Doc("low-rank adaptation")
  record Lora(
      @Doc("rank of the matrices") @Default("16") @Range("[1, 1024]") int rank,
      @Doc("the update is scaled by alpha / rank") @Default("32") @Range("(0, inf)") double alpha,
      @Doc("dropout before the first matrix") @Default("0") @Range("[0, 1)") double dropout,
      @Doc("names of the matrices; absent: all of attention and feed-forward")
          @Nullable List<String> targets) {}

  /** Kinds of numbers. */
  enum Dtype {
    @Doc("32 bit")
    FLOAT32,
    @Doc("16 bit with the range of 32")
    BFLOAT16
  }

  /** A judge that follows rules: it weighs the features of declared values. */
  @Declared
  @Kind("rules")
  @Doc("a stand-in for an AI judge that weighs the features of declared values; no model is asked")
  record Rules(
      @Doc("the values whose features it weighs") @Refers(Section.VALUES) String values,
      @Doc("how sharply it prefers the better answer (Boltzmann)") @Default("3") @Range("[0, inf)")
          double rationality)
      implements ModelSpec {}

  /** A chat model behind an OpenAI-compatible endpoint. */
  @Declared
  @Kind("endpoint")
  @Doc("a chat model behind an OpenAI-compatible endpoint; texts are sent to it")
  record Endpoint(
      @Doc("base address, up to and without `/chat/completions`") String url,
      @Doc("the model's name there") String model,
      @Doc("name of the environment variable that holds the key") @Default("OPENAI_API_KEY")
          String keyVariable,
      @Doc("sampling temperature") @Default("0") @Range("[0, 2]") double temperature,
      @Doc(value = "most requests that are sent; absent: no limit", unit = "1/min")
          @Range("[1, inf)")
          @Nullable Integer requestsPerMinute,
      @Doc(
              "asks for verdicts and scores as JSON of a schema (`response_format`), which a server"
                  + " that knows it keeps to")
          @Nullable Boolean structured)
      implements ModelSpec {

    /** Without options. */
    public Endpoint(String url, String model, String keyVariable, double temperature) {
      this(url, model, keyVariable, temperature, null, null);
    }
  }

  /** Sizes of transformers that are trained from scratch. */
  enum Preset {
    @Doc("2 layers, width 64, context 64")
    MICRO,
    @Doc("3 layers, width 96, context 128")
    NANO
  }
}

package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** Base models: trained from scratch on a corpus, or judges. */
@SpecDsl
public final class ModelsBlock extends ScriptBlock {
  /** Trains a small decoder-only transformer and its tokenizer from scratch. */
  public void pretrain(String name, Body<? super PretrainModelBlock> body) {
    kind(name, "pretrain", new PretrainModelBlock(), body);
  }

  /** Trains a small decoder-only transformer and its tokenizer from scratch. */
  public void pretrain(
      String name,
      @DelegatesTo(value = PretrainModelBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "pretrain", new PretrainModelBlock(), ScriptBlock.<PretrainModelBlock>body(body));
  }

  /** A model in a folder in Hugging Face's form: config.json, *.safetensors, tokenizer.json. */
  public void huggingface(String name, Body<? super HuggingFaceModelBlock> body) {
    kind(name, "huggingface", new HuggingFaceModelBlock(), body);
  }

  /** A model in a folder in Hugging Face's form: config.json, *.safetensors, tokenizer.json. */
  public void huggingface(
      String name,
      @DelegatesTo(value = HuggingFaceModelBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(
        name,
        "huggingface",
        new HuggingFaceModelBlock(),
        ScriptBlock.<HuggingFaceModelBlock>body(body));
  }

  /** A stand-in for an AI judge that weighs the features of declared values; no model is asked. */
  public void rules(String name, Body<? super RulesModelBlock> body) {
    kind(name, "rules", new RulesModelBlock(), body);
  }

  /** A stand-in for an AI judge that weighs the features of declared values; no model is asked. */
  public void rules(
      String name,
      @DelegatesTo(value = RulesModelBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "rules", new RulesModelBlock(), ScriptBlock.<RulesModelBlock>body(body));
  }

  /** A chat model behind an OpenAI-compatible endpoint; texts are sent to it. */
  public void endpoint(String name, Body<? super EndpointModelBlock> body) {
    kind(name, "endpoint", new EndpointModelBlock(), body);
  }

  /** A chat model behind an OpenAI-compatible endpoint; texts are sent to it. */
  public void endpoint(
      String name,
      @DelegatesTo(value = EndpointModelBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    kind(name, "endpoint", new EndpointModelBlock(), ScriptBlock.<EndpointModelBlock>body(body));
  }
}

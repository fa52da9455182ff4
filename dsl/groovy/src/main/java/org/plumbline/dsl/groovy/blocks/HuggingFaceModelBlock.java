package org.plumbline.dsl.groovy.blocks;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import org.jspecify.annotations.Nullable;

/** A model in a folder in Hugging Face's form: config.json, *.safetensors, tokenizer.json. */
@SpecDsl
public final class HuggingFaceModelBlock extends ScriptBlock {
  private @Nullable String directory;

  /** The folder. */
  public @Nullable String getDirectory() {
    return directory;
  }

  /** The folder. */
  public void setDirectory(@Nullable String value) {
    directory = value;
    put("directory", value);
  }

  private @Nullable String dtype;

  /** The numbers that its layers compute in; absent: 32 bit, whatever the files hold. */
  public @Nullable String getDtype() {
    return dtype;
  }

  /** The numbers that its layers compute in; absent: 32 bit, whatever the files hold. */
  public void setDtype(@Nullable String value) {
    dtype = value;
    put("dtype", value);
  }

  private @Nullable Number context;

  /** Longest sequence that it reads; absent: what its configuration says. */
  public @Nullable Number getContext() {
    return context;
  }

  /** Longest sequence that it reads; absent: what its configuration says. */
  public void setContext(@Nullable Number value) {
    context = value;
    put("context", value);
  }

  /** Train small matrices beside the weights, which stay as they are. */
  public void lora(Body<? super LoraModelBlock> body) {
    put("lora", new LoraModelBlock(), body);
  }

  /** Train small matrices beside the weights, which stay as they are. */
  public void lora(
      @DelegatesTo(value = LoraModelBlock.class, strategy = Closure.DELEGATE_ONLY)
          Closure<?> body) {
    put("lora", new LoraModelBlock(), ScriptBlock.<LoraModelBlock>body(body));
  }
}

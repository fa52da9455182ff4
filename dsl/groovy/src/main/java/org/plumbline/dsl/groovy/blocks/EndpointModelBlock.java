package org.plumbline.dsl.groovy.blocks;

import org.jspecify.annotations.Nullable;

/** A chat model behind an OpenAI-compatible endpoint; texts are sent to it. */
@SpecDsl
public final class EndpointModelBlock extends ScriptBlock {
  private @Nullable String url;

  /** Base address, up to and without {@code /chat/completions}. */
  public @Nullable String getUrl() {
    return url;
  }

  /** Base address, up to and without {@code /chat/completions}. */
  public void setUrl(@Nullable String value) {
    url = value;
    put("url", value);
  }

  private @Nullable String model;

  /** The model's name there. */
  public @Nullable String getModel() {
    return model;
  }

  /** The model's name there. */
  public void setModel(@Nullable String value) {
    model = value;
    put("model", value);
  }

  private @Nullable String keyVariable;

  /** Name of the environment variable that holds the key. */
  public @Nullable String getKeyVariable() {
    return keyVariable;
  }

  /** Name of the environment variable that holds the key. */
  public void setKeyVariable(@Nullable String value) {
    keyVariable = value;
    put("key_variable", value);
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
}

package org.plumbline.engine.lm;

import java.util.List;

/** Draws completions from a model. */
public final class Sampler {

  private final LanguageModel model;

  public Sampler(LanguageModel model) {
    this.model = model;
  }

  /**
   * Draws one completion per prompt.
   *
   * <p>Sample i takes its numbers from the stream at index {@code (firstSample + i) * maxNewTokens
   * + t}, so the same tokens come out however the work is split into calls. A completion ends with
   * the end of text, after {@code maxNewTokens}, or when the context is full.
   */
  public List<Sample> sample(
      List<int[]> prompts, SamplingSettings settings, RandomStream stream, long firstSample) {
    return new SamplingRun(model, settings, stream).run(prompts, firstSample);
  }
}

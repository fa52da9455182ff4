// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.sampling;

import java.util.List;

/**
 * How completions are drawn. In this order, as in transformers: repetition penalty, temperature,
 * top-k, top-p, min-p; each sees what the ones before it left, renormalised.
 *
 * @param maxNewTokens most tokens of a completion
 * @param temperature divides the logits; 0 takes the most likely token
 * @param topK keeps the k most likely tokens (and ties); 0 keeps all
 * @param topP keeps the smallest set of most likely tokens whose probability reaches this, of
 *     equally likely ones the lower ids; 1 keeps all. Holtzman et al., 2020, arXiv:1904.09751
 * @param minP drops tokens less likely than this share of the most likely one's probability; 0
 *     keeps all. Nguyen et al., 2024, arXiv:2407.01082
 * @param repetitionPenalty divides positive and multiplies negative logits of all tokens that
 *     prompt and completion hold already; 1 changes nothing. Keskar et al., 2019, arXiv:1909.05858
 * @param stop texts that end a completion; {@link Completion#cut} removes them
 */
public record SamplingSettings(
    int maxNewTokens,
    double temperature,
    int topK,
    double topP,
    double minP,
    double repetitionPenalty,
    List<String> stop) {

  public SamplingSettings {
    require(maxNewTokens >= 0, "maxNewTokens must not be negative: " + maxNewTokens);
    require(
        temperature >= 0 && !Double.isInfinite(temperature),
        "temperature must not be negative: " + temperature);
    require(topK >= 0, "topK must not be negative: " + topK);
    require(topP > 0 && topP <= 1, "topP must be in (0, 1], not " + topP);
    require(minP >= 0 && minP <= 1, "minP must be in [0, 1], not " + minP);
    require(
        repetitionPenalty > 0 && !Double.isInfinite(repetitionPenalty),
        "repetitionPenalty must be positive, not " + repetitionPenalty);
    stop = List.copyOf(stop);
    require(stop.stream().noneMatch(String::isEmpty), "a stop text is empty");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Plain sampling from the model. */
  public static SamplingSettings of(int maxNewTokens) {
    return new SamplingSettings(maxNewTokens, 1, 0, 1, 0, 1, List.of());
  }

  /** The most likely token every time. */
  public static SamplingSettings greedy(int maxNewTokens) {
    return of(maxNewTokens).withTemperature(0);
  }

  public SamplingSettings withMaxNewTokens(int other) {
    return new SamplingSettings(other, temperature, topK, topP, minP, repetitionPenalty, stop);
  }

  public SamplingSettings withTemperature(double other) {
    return new SamplingSettings(maxNewTokens, other, topK, topP, minP, repetitionPenalty, stop);
  }

  public SamplingSettings withTopK(int other) {
    return new SamplingSettings(
        maxNewTokens, temperature, other, topP, minP, repetitionPenalty, stop);
  }

  public SamplingSettings withTopP(double other) {
    return new SamplingSettings(
        maxNewTokens, temperature, topK, other, minP, repetitionPenalty, stop);
  }

  public SamplingSettings withMinP(double other) {
    return new SamplingSettings(
        maxNewTokens, temperature, topK, topP, other, repetitionPenalty, stop);
  }

  public SamplingSettings withRepetitionPenalty(double other) {
    return new SamplingSettings(maxNewTokens, temperature, topK, topP, minP, other, stop);
  }

  public SamplingSettings withStop(List<String> other) {
    return new SamplingSettings(
        maxNewTokens, temperature, topK, topP, minP, repetitionPenalty, other);
  }
}

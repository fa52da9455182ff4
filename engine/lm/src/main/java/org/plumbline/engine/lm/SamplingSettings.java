package org.plumbline.engine.lm;

/**
 * How completions are drawn.
 *
 * @param maxNewTokens most tokens of a completion
 * @param temperature divides the logits; 0 takes the most likely token
 * @param topK keeps the k most likely tokens (and ties); 0 keeps all
 * @param topP then keeps the smallest set of most likely tokens whose probability reaches this; 1
 *     keeps all
 */
public record SamplingSettings(int maxNewTokens, double temperature, int topK, double topP) {

  public SamplingSettings {
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens must be positive, not " + maxNewTokens);
    }
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("temperature must not be negative: " + temperature);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("topK must not be negative: " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP must be in (0, 1], not " + topP);
    }
  }

  /** Plain sampling from the model. */
  public static SamplingSettings of(int maxNewTokens) {
    return new SamplingSettings(maxNewTokens, 1, 0, 1);
  }

  /** The most likely token every time. */
  public static SamplingSettings greedy(int maxNewTokens) {
    return new SamplingSettings(maxNewTokens, 0, 0, 1);
  }

  public SamplingSettings withTemperature(double other) {
    return new SamplingSettings(maxNewTokens, other, topK, topP);
  }
}

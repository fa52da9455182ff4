// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.config;

import java.util.List;
import java.util.Set;

/**
 * What distinguishes the members of the Llama family beyond the sizes of any transformer.
 *
 * @param keyValueHeads heads of keys and values; divides the number of query heads
 * @param headWidth length of a head's vector; even
 * @param output where logits come from
 * @param biases which projections have a bias
 * @param queryKeyNorm whether queries and keys are normalised per head, as in Qwen 3
 * @param rope how positions turn queries and keys
 * @param layers what differs from layer to layer
 */
public record LlamaShape(
    int keyValueHeads,
    int headWidth,
    Output output,
    Set<Bias> biases,
    boolean queryKeyNorm,
    Rope rope,
    List<Layer> layers) {

  /** Where logits come from. */
  public enum Output {
    /** From the token embedding. */
    TIED,
    /** From a matrix of its own. */
    OWN,
    /** There are none: a sequence classifier. */
    NONE
  }

  /** Projections that may have a bias. */
  public enum Bias {
    QUERY_KEY_VALUE,
    ATTENTION_OUTPUT,
    FEED_FORWARD
  }

  /**
   * One layer's attention.
   *
   * @param rotates whether it sees positions
   * @param window how many tokens a token sees, itself included; 0 for all
   */
  public record Layer(boolean rotates, int window) {

    /** Sees positions and everything before. */
    public static final Layer PLAIN = new Layer(true, 0);

    public Layer {
      if (window < 0) {
        throw new IllegalArgumentException("a window of " + window + " tokens");
      }
    }
  }

  public LlamaShape {
    biases = Set.copyOf(biases);
    layers = List.copyOf(layers);
    if (keyValueHeads < 1) {
      throw new IllegalArgumentException(keyValueHeads + " key-value heads");
    }
    if (headWidth < 2 || headWidth % 2 != 0) {
      throw new IllegalArgumentException("head width must be positive and even, not " + headWidth);
    }
  }

  public LlamaShape withOutput(Output other) {
    return new LlamaShape(keyValueHeads, headWidth, other, biases, queryKeyNorm, rope, layers);
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.List;
import org.plumbline.engine.lm.config.ModelConfig;

/**
 * How an adapter of low rank changes a model: W x becomes W x + scale B A x.
 *
 * <p>Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021, arXiv:2106.09685,
 * section 4.1. The scale is alpha / rank, or alpha / sqrt(rank) if stabilised (Kalajdzievski, 2023,
 * arXiv:2312.03732).
 *
 * @param rank rows of A and columns of B
 * @param alpha the numerator of the scale
 * @param dropout how likely an input of A is left out in training
 * @param targets last parts of the names of the linear maps to change, for example {@code q_proj};
 *     {@code all-linear} for all within the layers; empty for the architecture's usual ones, which
 *     are PEFT's
 * @param rankStabilized whether the scale falls with the root of the rank
 */
public record LoraSettings(
    int rank, double alpha, double dropout, List<String> targets, boolean rankStabilized) {

  /** The target that stands for all linear maps within the layers. */
  public static final String ALL_LINEAR = "all-linear";

  public LoraSettings {
    if (rank < 1 || !(alpha > 0) || !(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "rank " + rank + ", alpha " + alpha + ", dropout " + dropout);
    }
    targets = List.copyOf(targets);
  }

  /** Returns an adapter of the architecture's usual targets, without dropout. */
  public static LoraSettings of(int rank, double alpha) {
    return new LoraSettings(rank, alpha, 0, List.of(), false);
  }

  /**
   * Returns how many numbers such an adapter of a model is made of.
   *
   * @throws IllegalArgumentException if the model has no map of a name
   */
  public long parameters(ModelConfig config) {
    long count = 0;
    for (ParameterSpec spec :
        LoraAdapter.parameters(this, LoraAdapter.modules(this, config), config)) {
      count += spec.shape()[0] * spec.shape()[1];
    }
    return count;
  }

  /** Returns this with other targets. */
  public LoraSettings withTargets(List<String> names) {
    return new LoraSettings(rank, alpha, dropout, names, rankStabilized);
  }

  /** Returns this with another dropout. */
  public LoraSettings withDropout(double probability) {
    return new LoraSettings(rank, alpha, probability, targets, rankStabilized);
  }

  /**
   * Returns the linear maps of a model that are changed.
   *
   * @throws IllegalArgumentException if a target names none; the message lists those there are
   */
  public List<String> modules(ModelConfig config) {
    return LoraAdapter.modules(this, config);
  }

  /** Returns what B A x is multiplied by. */
  public double scale() {
    return alpha / (rankStabilized ? StrictMath.sqrt(rank) : rank);
  }
}

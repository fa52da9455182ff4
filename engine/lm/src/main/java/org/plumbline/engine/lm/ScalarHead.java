// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.config.ModelConfig;

/**
 * A linear map from hidden states to one number, or to a few, beside the language model's own
 * output.
 */
public enum ScalarHead {
  /**
   * The reward of a whole sequence, under the name of Hugging Face's sequence classifiers; it may
   * have several outputs, as theirs may have several labels.
   */
  REWARD("score.weight", ""),
  /** The expected return before each token. */
  VALUE("value_head.weight", "value_head.bias");

  /** No head has more; a larger matrix is of something else. */
  private static final int MOST_OUTPUTS = 4096;

  private final String weight;
  private final String bias;

  ScalarHead(String weight, String bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /** Returns whether a parameter belongs to a head. */
  static boolean isHead(String name) {
    return Arrays.stream(values()).anyMatch(head -> head.names().contains(name));
  }

  public String weight() {
    return weight;
  }

  /** Returns the names of the head's parameters: the weight, and the bias if it has one. */
  List<String> names() {
    return bias.isEmpty() ? List.of(weight) : List.of(weight, bias);
  }

  /** Returns how many numbers a head has whose weight is of this shape; 1 if it is of no head. */
  int outputs(long @Nullable [] shape) {
    return this == REWARD && shape != null && shape.length == 2
        ? (int) Math.max(1, Math.min(MOST_OUTPUTS, shape[0]))
        : 1;
  }

  List<ParameterSpec> parameters(ModelConfig config, double deviation, int outputs) {
    ParameterSpec matrix = ParameterSpec.normal(weight, deviation, outputs, config.width());
    return bias.isEmpty() ? List.of(matrix) : List.of(matrix, ParameterSpec.zeros(bias, 1));
  }
}

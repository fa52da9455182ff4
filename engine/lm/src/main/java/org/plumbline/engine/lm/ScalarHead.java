// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.Arrays;
import java.util.List;
import org.plumbline.engine.lm.config.ModelConfig;

/** A linear map from hidden states to one number, beside the language model's own output. */
public enum ScalarHead {
  /** The reward of a whole sequence, under the name of Hugging Face's sequence classifiers. */
  REWARD("score.weight", ""),
  /** The expected return before each token. */
  VALUE("value_head.weight", "value_head.bias");

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

  List<ParameterSpec> parameters(ModelConfig config, double deviation) {
    ParameterSpec matrix = ParameterSpec.normal(weight, deviation, 1, config.width());
    return bias.isEmpty() ? List.of(matrix) : List.of(matrix, ParameterSpec.zeros(bias, 1));
  }
}

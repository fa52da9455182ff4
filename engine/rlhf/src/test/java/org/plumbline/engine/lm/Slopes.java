// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.plumbline.engine.lm.tensor.Tensor;

/** The derivatives of a scalar with respect to tensors that it is computed from. */
public final class Slopes {
  private Slopes() {}

  /**
   * Computes a scalar and its derivatives.
   *
   * @param at the tensors' values, each one axis
   * @return one array for each of them, as long as it is
   */
  public static float[][] of(Function<List<Tensor>, Tensor> scalar, float[]... at) {
    try (Recording recording = Recording.open(0)) {
      List<Tensor> leaves = Arrays.stream(at).map(Tensor::of).toList();
      leaves.forEach(leaf -> leaf.torch().requireGradient());
      recording.backward(recording.record(() -> scalar.apply(leaves)));
      return leaves.stream()
          .map(leaf -> leaf.torch().gradient().toFloats())
          .toArray(float[][]::new);
    }
  }
}

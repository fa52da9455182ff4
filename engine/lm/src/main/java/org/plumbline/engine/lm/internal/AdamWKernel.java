// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.internal;

import java.util.List;

/** Libtorch's fused AdamW and the global norm of a list of gradients. */
public final class AdamWKernel {

  private AdamWKernel() {}

  /** Returns the L2 norm over all elements of all gradients. */
  public static float globalNorm(List<TorchTensor> gradients) {
    return Kernels.call("global_norm").tensors(gradients).toTensor().toFloats()[0];
  }

  public static void scale(List<TorchTensor> gradients, double factor) {
    Kernels.call("scale_all").tensors(gradients).real(factor).run();
  }

  /** Adds others to gradients, in place. */
  public static void add(List<TorchTensor> gradients, List<TorchTensor> others) {
    Kernels.call("add_all").tensors(gradients).tensors(others).run();
  }

  /** The tensors of one group of parameters, in the same order in every list. */
  public record Group(
      List<TorchTensor> parameters,
      List<TorchTensor> gradients,
      List<TorchTensor> firstMoments,
      List<TorchTensor> secondMoments,
      List<TorchTensor> steps) {}

  /** The numbers of one update. */
  public record Rates(
      double learningRate, double beta1, double beta2, double weightDecay, double epsilon) {}

  /** Counts the step and updates parameters and moments in place. */
  public static void update(Group group, Rates rates) {
    Kernels.call("adamw")
        .tensors(group.parameters())
        .tensors(group.gradients())
        .tensors(group.firstMoments())
        .tensors(group.secondMoments())
        .tensors(group.steps())
        .real(rates.learningRate())
        .real(rates.beta1())
        .real(rates.beta2())
        .real(rates.weightDecay())
        .real(rates.epsilon())
        .run();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.tensor;

import java.util.function.Supplier;
import org.plumbline.engine.lm.internal.Torch;
import org.plumbline.engine.lm.internal.TorchScope;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.optimiser.AdamW;

/**
 * The life of tensors: everything made on this thread while a scope is open is freed when it
 * closes.
 *
 * <p>Native memory is not the collector's business, so every computation runs inside {@code try
 * (TensorScope scope = Scope.open()) {...}}; making a tensor outside of one is an error. Scopes
 * nest; they belong to one thread. Gradients are not recorded, except inside {@link AdamW}'s calls.
 */
public final class TensorScope implements AutoCloseable {

  private final TorchScope scope;

  private TensorScope(TorchScope scope) {
    this.scope = scope;
  }

  public static TensorScope open() {
    if (!Torch.isStarted()) {
      TorchRuntime.start();
    }
    return new TensorScope(TorchScope.open());
  }

  /** Does something without recording gradients, also where they are recorded. */
  public static <T> T withoutGradients(Supplier<T> work) {
    boolean before = TorchTensor.recordsGradients();
    TorchTensor.recordGradients(false);
    try {
      return work.get();
    } finally {
      TorchTensor.recordGradients(before);
    }
  }

  /** Hands a tensor of this scope to the enclosing one, which frees it instead. */
  public Tensor release(Tensor tensor) {
    scope.release(tensor.torch());
    return tensor;
  }

  @Override
  public void close() {
    scope.close();
  }
}

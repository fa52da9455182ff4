// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.plumbline.engine.lm.Architecture.Weights;
import org.plumbline.engine.lm.batch.Layout;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * A forward pass that keeps only what goes into each layer, and goes through the layers again, last
 * one first, when the loss has gone backwards.
 *
 * <p>Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016, arXiv:1604.06174, with one
 * layer as the unit.
 */
final class Checkpointing {

  private final Architecture architecture;
  private final Weights weights;
  private final Recording recording;

  Checkpointing(Architecture architecture, Weights weights, Recording recording) {
    this.architecture = architecture;
    this.weights = weights;
    this.recording = recording;
  }

  /** Returns hidden states after the final norm, of which only that norm is recorded. */
  TorchTensor hidden(Layout.Input input, TorchTensor wanted) {
    List<TorchTensor> inputs = new ArrayList<>();
    TorchTensor.recordGradients(false);
    try (TensorScope scope = TensorScope.open()) {
      int layers = weights.config().layers();
      TorchTensor x = architecture.embed(weights, input);
      // one block for all: scattered over the heap, they would keep freed memory from being reused
      TorchTensor room = x.room(layers + 1);
      inputs.add(kept(scope, room.keep(0, x)));
      x.free();
      for (int layer = 0; layer < layers; layer++) {
        TorchTensor next = architecture.layer(weights, layer, inputs.get(layer), input);
        inputs.add(kept(scope, room.keep(layer + 1, next)));
        next.free();
      }
    } finally {
      TorchTensor.recordGradients(true);
    }
    TorchTensor last = inputs.get(inputs.size() - 1);
    last.requireGradient();
    recording.afterBackward(() -> backward(inputs, input));
    return architecture.finish(weights, last, wanted);
  }

  private static TorchTensor kept(TensorScope scope, TorchTensor tensor) {
    scope.release(new Tensor(tensor));
    return tensor;
  }

  private void backward(List<TorchTensor> inputs, Layout.Input input) {
    for (int layer = inputs.size() - 2; layer >= 0; layer--) {
      try (TensorScope scope = TensorScope.open()) {
        TorchTensor x = inputs.get(layer);
        x.requireGradient();
        int index = layer;
        TorchTensor output = recorded(() -> architecture.layer(weights, index, x, input));
        output.backward(inputs.get(layer + 1).gradient(), true);
      }
      inputs.remove(layer + 1).free();
    }
    try (TensorScope scope = TensorScope.open()) {
      TorchTensor embedded = recorded(() -> architecture.embed(weights, input));
      if (embedded.requiresGradient()) {
        embedded.backward(inputs.get(0).gradient(), true);
      }
    }
  }

  private static TorchTensor recorded(Supplier<TorchTensor> pass) {
    TorchTensor.recordGradients(true);
    try {
      return pass.get();
    } finally {
      TorchTensor.recordGradients(false);
    }
  }
}

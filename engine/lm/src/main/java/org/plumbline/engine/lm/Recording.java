// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * The computation of one loss with gradients, on one thread.
 *
 * <p>Holds what forward passes leave for the backward pass: weights that were computed in the graph
 * (adapters, 16 bits), and the layers to go through again where activations were not kept.
 */
public final class Recording implements AutoCloseable {

  private static final ThreadLocal<@Nullable Recording> CURRENT = new ThreadLocal<>();

  private final TensorScope scope = TensorScope.open();
  private final long seed;
  private final Map<ForwardWeights, Architecture.Weights> weights = new HashMap<>();
  private final Deque<Runnable> afterBackward = new ArrayDeque<>();

  private Recording(long seed) {
    this.seed = seed;
  }

  /**
   * Begins; everything that is computed from now on is freed when this closes.
   *
   * @param seed of the random numbers within forward passes
   */
  public static Recording open(long seed) {
    if (CURRENT.get() != null) {
      throw new IllegalStateException("a loss must not compute the gradient of another");
    }
    Recording recording = new Recording(seed);
    CURRENT.set(recording);
    return recording;
  }

  /** Returns the recording of this thread, if there is one. */
  static @Nullable Recording current() {
    return CURRENT.get();
  }

  long seed() {
    return seed;
  }

  /** Computes the loss. */
  public Tensor record(Supplier<Tensor> loss) {
    TorchTensor.recordGradients(true);
    try {
      return loss.get();
    } finally {
      TorchTensor.recordGradients(false);
    }
  }

  /** Returns a model's weights in this graph: all its forward passes share them. */
  Architecture.Weights weights(ForwardWeights of) {
    return weights.computeIfAbsent(of, ForwardWeights::inGraph);
  }

  /** Has something done after the loss went backwards; the last one asked for comes first. */
  void afterBackward(Runnable work) {
    afterBackward.push(work);
  }

  /** Adds the gradients of the loss to the leaves it was made from. */
  public void backward(Tensor loss) {
    // weights that several passes share must stay differentiable until the last one
    boolean shared = !weights.isEmpty() && !afterBackward.isEmpty();
    loss.torch().backward(TorchTensor.full(1f, loss.shape()), shared);
    afterBackward.forEach(Runnable::run);
  }

  @Override
  public void close() {
    CURRENT.remove();
    weights.values().forEach(Architecture.Weights::close);
    scope.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final @Nullable Parameters learned;
  private final Map<String, Tensor> leaves = new LinkedHashMap<>();
  private final Map<ForwardWeights, Architecture.Weights> weights = new HashMap<>();
  private final Deque<Runnable> afterBackward = new ArrayDeque<>();

  private Recording(long seed, @Nullable Parameters learned) {
    this.seed = seed;
    this.learned = learned;
  }

  /**
   * Begins; everything that is computed from now on is freed when this closes.
   *
   * @param seed of the random numbers within forward passes
   */
  public static Recording open(long seed) {
    return begin(seed, null);
  }

  /**
   * Begins one that collects the gradients of these parameters for itself ({@link #gradients}):
   * several such may be open in several threads.
   *
   * @param seed of the random numbers within forward passes
   */
  public static Recording of(Parameters learned, long seed) {
    Recording recording = begin(seed, learned);
    try {
      for (Map.Entry<String, Tensor> entry : learned.trainable().entrySet()) {
        TorchTensor leaf = entry.getValue().torch().detach();
        leaf.requireGradient();
        recording.leaves.put(entry.getKey(), new Tensor(leaf));
      }
      return recording;
    } catch (RuntimeException | Error e) {
      recording.close();
      throw e;
    }
  }

  private static Recording begin(long seed, @Nullable Parameters learned) {
    if (CURRENT.get() != null) {
      throw new IllegalStateException("a loss must not compute the gradient of another");
    }
    Recording recording = new Recording(seed, learned);
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

  /** Whether it collects the gradients of these parameters for itself. */
  boolean learns(Parameters parameters) {
    return parameters == learned;
  }

  /** Returns its own view of a parameter that it collects the gradient of, or null. */
  @Nullable Tensor leaf(Parameters of, String name) {
    return learns(of) ? leaves.get(name) : null;
  }

  /** Returns the gradients of the parameters that it was opened for, in their order. */
  public List<TorchTensor> gradients() {
    return leaves.values().stream().map(leaf -> leaf.torch().gradient()).toList();
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
    boolean computed = weights.keySet().stream().anyMatch(of -> !of.isPlain());
    boolean shared = computed && !afterBackward.isEmpty();
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

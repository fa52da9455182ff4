// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.optimiser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.Parameters;
import org.plumbline.engine.lm.Recording;
import org.plumbline.engine.lm.failure.NonFiniteException;
import org.plumbline.engine.lm.internal.AdamWKernel;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.internal.Workers;
import org.plumbline.engine.lm.random.RandomPurpose;
import org.plumbline.engine.lm.random.RandomStream;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * The loss of one step and its gradient, added up over parts in their order, whichever is computed
 * first. Belongs to the thread that takes the step; parts are computed by any.
 */
final class GradientSum implements AutoCloseable {

  private final Parameters over;
  private final long update;
  private final Map<Integer, Part> early = new HashMap<>();
  private @Nullable Part sum;
  private int parts;
  private int added;

  /** What one part gave. The gradients are outside of every scope. */
  private record Part(double loss, List<TorchTensor> gradients) {

    void free() {
      gradients.forEach(TorchTensor::free);
    }
  }

  /**
   * Begins at nothing.
   *
   * @param update the number of the update, for random numbers within forward passes
   */
  GradientSum(Parameters over, long update) {
    this.over = over;
    this.update = update;
  }

  /** Computes some parts side by side and adds them. */
  <P> void add(List<P> group, Function<? super P, Tensor> loss) {
    List<Runnable> tasks = new ArrayList<>();
    for (P part : group) {
      int number = parts++;
      tasks.add(() -> put(number, compute(number, part, loss)));
    }
    Workers.run(tasks);
  }

  private <P> Part compute(int number, P part, Function<? super P, Tensor> loss) {
    try (Recording recording = Recording.of(over, dropoutSeed(number))) {
      Tensor value = recording.record(() -> loss.apply(part));
      double amount = value.torch().toFloats()[0];
      if (!Double.isFinite(amount)) {
        throw NonFiniteException.loss(amount);
      }
      recording.backward(value);
      return new Part(amount, recording.gradients().stream().map(TorchTensor::claim).toList());
    }
  }

  /** Differs from part to part and step to step, and is the same again after an interruption. */
  private long dropoutSeed(int part) {
    int[] block = RandomStream.of(update, RandomPurpose.DROPOUT, part).block(0);
    return ((long) block[0] << 16 ^ block[1]) & 0x7FFF_FFFF_FFFFL;
  }

  /** Adds all parts that are next in line. */
  private synchronized void put(int number, Part computed) {
    early.put(number, computed);
    for (Part next = early.remove(added); next != null; next = early.remove(added)) {
      Part before = sum;
      if (before == null) {
        sum = next;
      } else {
        try (TensorScope scope = TensorScope.open()) {
          AdamWKernel.add(before.gradients(), next.gradients());
        }
        next.free();
        sum = new Part(before.loss() + next.loss(), before.gradients());
      }
      added++;
    }
  }

  private Part sum() {
    Part all = sum;
    if (all == null || added < parts) {
      throw new IllegalStateException("a step needs at least one part");
    }
    return all;
  }

  double loss() {
    return sum().loss();
  }

  /** Returns the gradient of each parameter, in their order; zeros where the loss has none. */
  List<TorchTensor> gradients() {
    return sum().gradients();
  }

  @Override
  public void close() {
    early.values().forEach(Part::free);
    Part all = sum;
    if (all != null) {
      all.free();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.optimiser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.plumbline.engine.lm.Parameters;
import org.plumbline.engine.lm.failure.ModelFormatException;
import org.plumbline.engine.lm.failure.NonFiniteException;
import org.plumbline.engine.lm.file.Safetensors;
import org.plumbline.engine.lm.internal.AdamWKernel;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * AdamW with decoupled weight decay and clipping by the global norm, over the parameters of a
 * model.
 *
 * <p>Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2, in
 * PyTorch's form (epsilon added to the bias-corrected root). Weight decay applies to the matrices
 * of blocks only, not to biases, norms, embeddings and heads. A parameter that the loss does not
 * depend on has gradient zero.
 *
 * <p>This is the only place where gradients are recorded. Not thread-safe; several optimisers may
 * run in several threads. A loss or gradient that is not finite throws {@link NonFiniteException}
 * before anything changes.
 */
public final class AdamW implements AutoCloseable {

  private final Settings settings;
  private final Parameters updated;
  private final List<String> names = new ArrayList<>();
  private final List<TorchTensor> parameters = new ArrayList<>();
  private final List<TorchTensor> first = new ArrayList<>();
  private final List<TorchTensor> second = new ArrayList<>();
  private final List<TorchTensor> steps = new ArrayList<>();
  private final List<Integer> decayed = new ArrayList<>();
  private final List<Integer> undecayed = new ArrayList<>();
  private long updates;

  /** Starts with zero moments for all parameters that there are now. */
  public AdamW(Parameters over, Settings settings) {
    this.settings = settings;
    this.updated = over;
    try (TensorScope scope = TensorScope.open()) {
      over.trainable()
          .forEach(
              (name, tensor) -> {
                (settings.decayAll() || over.decays(name) ? decayed : undecayed).add(names.size());
                names.add(name);
                parameters.add(tensor.torch());
                first.add(TorchTensor.full(0f, tensor.shape()).own());
                second.add(TorchTensor.full(0f, tensor.shape()).own());
                steps.add(TorchTensor.full(0f).own());
              });
    }
  }

  /**
   * Computes the loss, its gradient, and one update.
   *
   * @param loss returns a tensor of one number, made from the model's outputs
   */
  public StepResult step(double learningRate, Supplier<Tensor> loss) {
    return step(learningRate, List.of(List.of(loss)), Supplier::get);
  }

  /**
   * Computes a loss in parts, and one update. The parts' gradients are added up in their order, so
   * that the sum does not depend on how many are computed at a time.
   *
   * @param groups the parts: those of a group may be computed side by side, in several threads,
   *     groups come one after the other
   * @param loss returns a part's contribution to the sum that is the step's loss
   */
  public <P> StepResult step(
      double learningRate, List<List<P>> groups, Function<? super P, Tensor> loss) {
    try (GradientSum sum = new GradientSum(updated, updates)) {
      for (List<P> group : groups) {
        sum.add(group, loss);
      }
      return update(learningRate, sum);
    }
  }

  private StepResult update(double learningRate, GradientSum sum) {
    try (TensorScope scope = TensorScope.open()) {
      List<TorchTensor> gradients = sum.gradients();
      double norm = AdamWKernel.globalNorm(gradients);
      if (!Double.isFinite(norm)) {
        throw NonFiniteException.gradient(norm, sum.loss());
      }
      if (norm > settings.maxGradientNorm()) {
        // 1e-6 as in PyTorch's clip_grad_norm_
        AdamWKernel.scale(gradients, settings.maxGradientNorm() / (norm + 1e-6));
      }
      update(decayed, gradients, learningRate, settings.weightDecay());
      update(undecayed, gradients, learningRate, 0);
      updated.changed();
      updates++;
      return new StepResult(sum.loss(), norm);
    }
  }

  private void update(
      List<Integer> group, List<TorchTensor> gradients, double learningRate, double decay) {
    if (group.isEmpty()) {
      return;
    }
    AdamWKernel.update(
        new AdamWKernel.Group(
            pick(parameters, group),
            pick(gradients, group),
            pick(first, group),
            pick(second, group),
            pick(steps, group)),
        new AdamWKernel.Rates(
            learningRate, settings.beta1(), settings.beta2(), decay, settings.epsilon()));
  }

  private static List<TorchTensor> pick(List<TorchTensor> from, List<Integer> indices) {
    return indices.stream().map(from::get).toList();
  }

  /**
   * Writes moments and step counts as safetensors; with the parameters they continue bit for bit.
   */
  public void save(Path file) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      state.put("exp_avg." + names.get(i), new Tensor(first.get(i)));
      state.put("exp_avg_sq." + names.get(i), new Tensor(second.get(i)));
      state.put("step." + names.get(i), new Tensor(steps.get(i)));
    }
    Safetensors.write(file, state);
  }

  /** Takes over the state that {@link #save} wrote for the same parameters. */
  public void load(Path file) {
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> state = Safetensors.read(file);
      for (int i = 0; i < names.size(); i++) {
        assign(file, state, "exp_avg." + names.get(i), first.get(i));
        assign(file, state, "exp_avg_sq." + names.get(i), second.get(i));
        assign(file, state, "step." + names.get(i), steps.get(i));
      }
      updates = steps.isEmpty() ? 0 : (long) steps.get(0).toFloats()[0];
    }
  }

  private static void assign(
      Path file, Map<String, Tensor> state, String name, TorchTensor target) {
    Tensor source = state.get(name);
    if (source == null || !Arrays.equals(source.shape(), target.shape())) {
      throw ModelFormatException.tensors(file, List.of("`" + name + "` is missing or misshapen"));
    }
    target.assign(source.torch());
  }

  /** Frees the moments. */
  @Override
  public void close() {
    first.forEach(TorchTensor::free);
    second.forEach(TorchTensor::free);
    steps.forEach(TorchTensor::free);
  }

  /**
   * The constants of the update.
   *
   * @param maxGradientNorm the global norm that gradients are clipped to; infinity for no clipping
   * @param decayAll whether weight decay applies to biases, norms, embeddings and heads, too, as in
   *     PyTorch's own optimiser
   */
  public record Settings(
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      double maxGradientNorm,
      boolean decayAll) {

    /** Betas 0.9 and 0.999, epsilon 1e-8, no decay, clipping at 1. */
    public static final Settings DEFAULT = new Settings(0.9, 0.999, 1e-8, 0, 1);

    public Settings {
      if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
        throw new IllegalArgumentException("betas must be in [0, 1): " + beta1 + ", " + beta2);
      }
      if (!(epsilon > 0) || !(weightDecay >= 0) || !(maxGradientNorm > 0)) {
        throw new IllegalArgumentException(
            "epsilon " + epsilon + ", decay " + weightDecay + ", norm " + maxGradientNorm);
      }
    }

    /** Makes settings in which weight decay applies to matrices of blocks only. */
    public Settings(
        double beta1, double beta2, double epsilon, double weightDecay, double maxGradientNorm) {
      this(beta1, beta2, epsilon, weightDecay, maxGradientNorm, false);
    }

    /** Returns this with weight decay of all parameters. */
    public Settings decayingAll() {
      return new Settings(beta1, beta2, epsilon, weightDecay, maxGradientNorm, true);
    }

    /** Returns this with another weight decay. */
    public Settings withWeightDecay(double decay) {
      return new Settings(beta1, beta2, epsilon, decay, maxGradientNorm, decayAll);
    }

    /** Returns this with another limit of the gradient's norm. */
    public Settings withMaxGradientNorm(double norm) {
      return new Settings(beta1, beta2, epsilon, weightDecay, norm, decayAll);
    }
  }
}

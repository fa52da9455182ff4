// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.lm.Architecture.Weights;
import org.plumbline.engine.lm.config.ModelConfig;
import org.plumbline.engine.lm.internal.Script;
import org.plumbline.engine.lm.internal.TorchTensor;
import org.plumbline.engine.lm.tensor.Precision;
import org.plumbline.engine.lm.tensor.Tensor;
import org.plumbline.engine.lm.tensor.TensorScope;

/**
 * What a model's forward pass is given, made from its parameters.
 *
 * <p>Usually that is the parameters themselves. With an adapter, a recorded pass gets its matrices
 * beside those they adapt, and other passes get merged matrices; in 16 bits, a pass gets rounded
 * copies, through which gradients flow back to the parameters. Copies for passes that are not
 * recorded are kept until a parameter changes.
 *
 * <p>The script gets the architecture's operands, then as many tensors again: an adapter's matrices
 * at the places of the weight and the bias of what they adapt, its dropout at the first two places.
 */
final class ForwardWeights implements AutoCloseable {

  private final ModelConfig config;
  private final Architecture architecture;
  private final Parameters parameters;
  private final Map<String, TorchTensor> constants = new LinkedHashMap<>();
  private final TorchTensor absent;
  private Precision precision = Precision.FLOAT32;
  private @Nullable LoraAdapter adapter;
  private @Nullable Weights kept;
  private long keptVersion;

  ForwardWeights(ModelConfig config, Parameters parameters) {
    this.config = config;
    this.architecture = Architecture.of(config.architecture());
    this.parameters = parameters;
    try (TensorScope scope = TensorScope.open()) {
      architecture.constants(config).forEach((name, t) -> constants.put(name, t.own()));
      absent = TorchTensor.floats(new float[0], 0).own();
    }
  }

  Precision precision() {
    return precision;
  }

  synchronized void use(Precision type) {
    forget();
    precision = type;
  }

  @Nullable LoraAdapter adapter() {
    return adapter;
  }

  synchronized void use(@Nullable LoraAdapter added) {
    forget();
    adapter = added;
  }

  /** Returns the weights for a pass on this thread. */
  Weights now() {
    Recording recording = Recording.current();
    if (recording != null && TorchTensor.recordsGradients()) {
      return isPlain() && !recording.learns(parameters) ? lasting() : recording.weights(this);
    }
    return lasting();
  }

  /** Whether the weights are the parameters themselves. */
  boolean isPlain() {
    return adapter == null && precision == Precision.FLOAT32;
  }

  /** Returns weights through which no gradient flows back; they belong to the scope. */
  Weights constant() {
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    lasting().tensors().forEach((name, tensor) -> tensors.put(name, tensor.detach()));
    return of(tensors);
  }

  /** Computes the weights as part of the graph that is being recorded; they belong to the scope. */
  Weights inGraph() {
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    trunk(parameters::get).forEach((name, tensor) -> tensors.put(name, rounded(tensor)));
    List<TorchTensor> operands = operands(tensors);
    int places = operands.size() / 2;
    LoraAdapter added = adapter;
    if (added != null) {
      List<String> names = architecture.operands(config);
      for (String module : added.modules()) {
        int place = places + names.indexOf(module + ".weight");
        operands.set(place, rounded(added.down(module)));
        operands.set(place + 1, rounded(added.scaledUp(module)));
      }
      if (added.settings().dropout() > 0) {
        operands.set(places, TorchTensor.longs(new long[] {seed()}, 1));
        operands.set(places + 1, TorchTensor.full((float) (1 - added.settings().dropout()), 1));
      }
    }
    return new Weights(config, precision, tensors, new Script.Tensors(operands));
  }

  private static long seed() {
    Recording recording = Recording.current();
    return recording == null ? 0 : recording.seed();
  }

  /** Returns weights that serve until a parameter changes. */
  private synchronized Weights lasting() {
    Weights weights = kept;
    if (weights != null && keptVersion != parameters.version() && !isPlain()) {
      forget();
      weights = null;
    }
    if (weights == null) {
      keptVersion = parameters.version();
      weights = isPlain() ? of(trunk()) : of(copies());
      kept = weights;
    }
    return weights;
  }

  /** Merged and rounded copies outside of every scope; parameters that need neither are shared. */
  private Map<String, TorchTensor> copies() {
    Map<String, TorchTensor> copies = new LinkedHashMap<>();
    try (TensorScope scope = TensorScope.open()) {
      boolean records = TorchTensor.recordsGradients();
      TorchTensor.recordGradients(false);
      LoraAdapter added = adapter;
      trunk()
          .forEach(
              (name, tensor) -> {
                boolean adapts = added != null && added.adapts(name);
                TorchTensor merged = added != null && adapts ? added.merged(name) : tensor;
                boolean same = !adapts && precision == Precision.FLOAT32;
                copies.put(name, same ? tensor : rounded(merged).own());
              });
      TorchTensor.recordGradients(records);
    }
    return copies;
  }

  private Map<String, TorchTensor> trunk() {
    return trunk(parameters::own);
  }

  private Map<String, TorchTensor> trunk(Function<String, Tensor> parameter) {
    Map<String, TorchTensor> trunk = new LinkedHashMap<>();
    for (ParameterSpec spec : architecture.parameters(config)) {
      trunk.put(spec.name(), parameter.apply(spec.name()).torch());
    }
    return trunk;
  }

  private Weights of(Map<String, TorchTensor> tensors) {
    return new Weights(config, precision, tensors, new Script.Tensors(operands(tensors)));
  }

  private List<TorchTensor> operands(Map<String, TorchTensor> tensors) {
    List<TorchTensor> operands = new ArrayList<>();
    for (String name : architecture.operands(config)) {
      TorchTensor constant = constants.getOrDefault(name, absent);
      operands.add(tensors.getOrDefault(name, constant));
    }
    int places = operands.size();
    for (int i = 0; i < places; i++) {
      operands.add(absent);
    }
    return operands;
  }

  private TorchTensor rounded(TorchTensor tensor) {
    return precision == Precision.FLOAT32 ? tensor : tensor.as(precision.type());
  }

  private void forget() {
    Weights old = kept;
    kept = null;
    if (old == null) {
      return;
    }
    old.close();
    Map<String, TorchTensor> own = trunk();
    old.tensors()
        .forEach(
            (name, tensor) -> {
              if (tensor != own.get(name)) {
                tensor.free();
              }
            });
  }

  /** Frees copies and constants, not the parameters. */
  @Override
  public synchronized void close() {
    forget();
    constants.values().forEach(TorchTensor::free);
    absent.free();
  }
}
